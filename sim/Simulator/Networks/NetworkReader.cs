using System.Globalization;
using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>Joins graph and tensors node by node, following the shapes along the graph; reports everything that does not fit.</summary>
internal sealed class NetworkReader(NetworkText text, TensorSource? tensors, ViolationList violations)
{
    private readonly List<ConvolutionLayer> layers = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<string> unread = [];
    private readonly GraphNodes graph = new(violations);
    private ClassifierLayer? classifier;

    /// <summary>The network, or null when a part of the text was refused; only valid when no violation was reported.</summary>
    public Network? Build()
    {
        graph.AddInput(text.Input is { } frame ? new MapShape(frame.Height, frame.Width, frame.Channels) : null);
        graph.Incomplete = text.Nodes.Contains(null);
        for (int i = 0; i < text.Nodes.Count; i++)
        {
            Visit(text.Nodes[i], i);
        }

        if (text.Nodes.Count == 0 || text.Nodes.Contains(null))
        {
            return null;
        }

        graph.CheckUnread(text.Nodes[^1]!.Name);
        tensors?.CloseUnused(unread);
        CheckFractionBits();
        CheckClasses();
        CheckPruning();
        return text.Input is null || text.Classes is null || text.Pruning is null
            ? null
            : new Network(text.Name, text.Input, layers, classifier, text.Classes, text.Pruning, text.Provenance) { ValueFractionBits = text.ValueFractionBits };
    }

    private void Visit(NodeText? node, int index)
    {
        if (node is null)
        {
            return;
        }

        string place = $"nodes[{index}] ({node.Name})";
        if (node.Name == Network.InputName || !names.Add(node.Name))
        {
            violations.Add($"{place}.name", node.Name, "names are unique, and input is the frame", "Rename one of the nodes");
        }

        switch (node)
        {
            case ConvolutionText convolution:
                Visit(convolution, place);
                break;
            case ClassifierText head:
                Visit(head, place, index);
                break;
        }
    }

    private void Visit(ConvolutionText node, string place)
    {
        ConvolutionLayer? layer = Shape(node, place);
        if (node.Residual is { } residual)
        {
            graph.CheckResidual(residual, layer?.OutputShape, place);
        }

        graph.Add(node.Name, place, layer?.OutputShape, node.Output);
        if (layer is null || tensors is null)
        {
            unread.Add(node.Name);
            return;
        }

        if (!KeptTapFile.TryRead(tensors, node.Name, layer.DenseTaps, out int[]? taps))
        {
            unread.Add(node.Name);
            return;
        }

        layer = layer with { KeptTaps = taps };
        QuadrantTensor? weights = QuadrantTensorFile.Read(tensors, node.Name, node.OutputChannels, layer.Taps);
        FoldedNorm? norm = NormTensorFile.Read(tensors, node.Name, node.NormKind, node.Output, node.OutputChannels, layer.AccumulatorBound(Planes(node)));
        if (weights is not null && norm is not null)
        {
            layers.Add(layer with { Weights = weights, Norm = norm });
        }
    }

    /// <summary>The layer without its tensors, or null where its geometry is refused or its input unknown.</summary>
    private ConvolutionLayer? Shape(ConvolutionText node, string place)
    {
        if (graph.Source(node.Source, place) is not { } map || !GeometryRules.Check(node, map, Planes(node), place, violations))
        {
            return null;
        }

        return new ConvolutionLayer(
            node.Name, node.Source, map, node.OutputChannels, node.Kernel.Y, node.Kernel.X, node.Stride.Y, node.Stride.X,
            node.Padding.Y, node.Padding.X, node.SumPool, node.MaxPool, FoldedNorm.Threshold([], []), new QuadrantTensor(0, 0, [], [], null))
        {
            Output = node.Output,
            Residual = node.Residual,
        };
    }

    private int Planes(ConvolutionText node) => node.Source == Network.InputName && text.Input is { } frame ? frame.InputBits : 1;

    private void Visit(ClassifierText node, string place, int index)
    {
        if (index != text.Nodes.Count - 1 || index == 0)
        {
            violations.Add(place, node.Name, "a classifier is the last node, after at least one convolution", "Move it to the end");
        }

        MapShape? input = graph.Source(node.Source, place);
        graph.CheckFeatures(node, place);
        if (input is not { } map || tensors is null)
        {
            unread.Add(node.Name);
            return;
        }

        classifier = ClassifierTensorFile.Read(tensors, node, map);
    }

    private void CheckFractionBits()
    {
        if (text.ValueFractionBits > 0 && !text.Nodes.Any(n => n is ConvolutionText { Output: OutputKind.Values }))
        {
            violations.Add("network.valueFractionBits", Number(text.ValueFractionBits), "must be 0 where no layer has values", "Write 0");
        }
    }

    private void CheckClasses()
    {
        int wanted = text.Nodes[^1] is ClassifierText head ? head.Classes : 0;
        if (text.Classes is { } classes && wanted != classes.Count)
        {
            violations.Add("network.classes", Number(classes.Count), $"must name the {wanted} classes of the classifier", "List one name per class");
        }
    }

    /// <summary>Only when every layer could be read: the statement is held against the tensors.</summary>
    private void CheckPruning()
    {
        if (tensors is { IsPattern: true } || text.Pruning is not { } pruning || layers.Count != text.Nodes.Count(n => n is ConvolutionText))
        {
            return;
        }

        long kept = layers.Sum(layer => KeptWeights(layer.Weights));
        if (pruning.KeptWeights != kept)
        {
            violations.Add("network.pruning.keptWeights", Number(pruning.KeptWeights), $"the tensors hold {Number(kept)} complex weights", "State what is there");
        }

        bool none = pruning.Structure == "none";
        if (pruning.DenseWeights < kept || (none && pruning.DenseWeights != kept))
        {
            violations.Add("network.pruning.denseWeights", Number(pruning.DenseWeights), none ? "equals keptWeights when nothing was pruned" : "is at least keptWeights", "State the size before pruning");
        }
    }

    private static long KeptWeights(QuadrantTensor weights)
        => weights.Mask is null ? (long)weights.Rows * weights.Taps : weights.Mask.Sum(static b => (long)byte.PopCount(b));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
