using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Export;

/// <summary>Float network to the integer description that reference model, machine and RTL share.</summary>
public static class NetworkExport
{
    private const int MostFractionBits = 15;

    // Smaller values need no more than the most fraction bits.
    private const double LeastLargest = 0.1;

    /// <param name="name">Name of the network.</param>
    /// <param name="net">Trained, calibrated network.</param>
    /// <param name="input">Input with its transform.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="denseWeights">Complex weights before pruning.</param>
    /// <param name="provenance">How it was made.</param>
    /// <param name="moments">Of the head's averaged features, for its rounding; null rounds without.</param>
    /// <param name="fractionBits">Of the values; see <see cref="FractionBits"/>. Without meaning where no layer has values.</param>
    /// <param name="form">What the network was pruned in; null = filters.</param>
    public static Network Export(
        string name, ComplexNet<float> net, NetworkInput input, IReadOnlyList<string> classes, long denseWeights, IReadOnlyDictionary<string, string> provenance,
        FeatureMoments? moments = null, int fractionBits = 0, PruningForm? form = null)
    {
        form ??= new(PruningStructure.Filter);
        var layers = new List<ConvolutionLayer>();
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            layers.Add(Layer(net, i, fractionBits, form));
        }

        int? headBits = net.Shape.Links[^1].Values ? fractionBits : null;
        ClassifierLayer head = HeadFolding.Fold(net.Head, net.Shape.Layers[^1].Output, layers[^1].Name, moments, headBits, net.Shape.Relu);
        long kept = net.Convolutions.Select((c, i) => GatedWeights.Kept(Name(i), c.Gate)).Sum();
        PruningRecord pruning = kept == denseWeights ? new("none", denseWeights, kept) : new(form.Name, denseWeights, kept) { BlockLanes = form.Block };
        return new Network(
            name, input with { Imaginary = net.Imaginary?.State.Folded() }, layers, head, classes, pruning, provenance)
        { ValueFractionBits = net.Shape.Links.Any(link => link.Values) ? fractionBits : 0 };
    }

    /// <summary>
    /// Fraction bits of all values: those of the grid the network was trained on; without one as many as 16 bits hold with
    /// <paramref name="largest"/> |value| seen, doubled, since a norm is the difference of two values, and as every channel's
    /// coefficients leave room for. 0 where no layer has values.
    /// </summary>
    public static int FractionBits(ComplexNet<float> net, double largest)
    {
        if (!net.Shape.Links.Any(link => link.Values))
        {
            return 0;
        }

        int room = Enumerable.Range(0, net.Convolutions.Count).Where(i => net.Shape.Links[i].Values).Min(
            i => NormFolding.MostFractionBits(net.Norms[i].State, Scale(net, i), Bound(net, i)));
        if (net.Grid is { } grid)
        {
            return grid.FractionBits <= room ? grid.FractionBits : throw new InputException(
                "configuration", "valueFractionBits", $"{grid.FractionBits}", $"the trained coefficients leave room for at most {room}", "Retrain with fewer fraction bits");
        }

        int bits = Math.Min(MostFractionBits, (int)Math.Floor(Math.Log2(short.MaxValue / (2 * Math.Max(largest, LeastLargest)))));
        return Math.Min(bits, room) is >= 0 and var least ? least : throw new InputException(
            "network", "values", FormattableString.Invariant($"up to {largest:R}"), "16-bit values need at least 0 fraction bits", "Train with a lower learning rate, or with a norm that does not grow");
    }

    /// <summary>Where values lie on a grid: from now on evaluation uses the norms' coefficients as the machine holds them.</summary>
    public static void Hold(ComplexNet<float> net)
    {
        for (int i = 0; net.Grid is { } grid && i < net.Convolutions.Count; i++)
        {
            if (net.Shape.Links[i].Values)
            {
                net.Norms[i].Held = new(Folded(net, i, FractionBits(net, 0)), Scale(net, i), grid.FractionBits);
            }
        }
    }

    /// <summary>Input record of a frame source.</summary>
    public static NetworkInput Input(IFrameSource source) =>
        new(source.Height, source.Width, source.Channels, source.InputBits, source.TransformName, source.TransformParameters);

    private static ConvolutionLayer Layer(ComplexNet<float> net, int i, int fractionBits, PruningForm form)
    {
        if (net.Norms[i].State.Mask.AsSpan().IndexOfAnyExcept(1) is >= 0 and int gone)
        {
            throw new InputException("network", $"{Name(i)}.mask", $"channel {gone}", "the machine has no channel mask: removed channels leave the shapes", "Export the compacted network");
        }

        ConvolutionShape s = net.Shape.Layers[i];
        LayerLink link = net.Shape.Links[i];
        (int[]? taps, QuadrantTensor weights) = form.Structure == PruningStructure.Column
            ? GatedWeights.Compacted(Name(i), net.Convolutions[i])
            : (null, GatedWeights.Masked(Name(i), net.Convolutions[i]));
        return new ConvolutionLayer(
            Name(i), net.Shape.ReadsFrame(i) ? Network.InputName : Name(link.Source), s.Input, s.OutputChannels, s.KernelHeight, s.KernelWidth,
            s.StrideY, s.StrideX, s.PaddingY, s.PaddingX, s.SumPool, 1, Folded(net, i, fractionBits), weights)
        {
            KeptTaps = taps,
            Output = link.Values ? OutputKind.Values : OutputKind.Bits,
            Residual = link.Residual == LayerLink.None ? null : Name(link.Residual),
        };
    }

    // A threshold gives no value: layers of values keep the diagonal norm they were trained as.
    private static FoldedNorm Folded(ComplexNet<float> net, int i, int fractionBits)
    {
        if (net.Shape.Links[i].Values)
        {
            return NormFolding.FoldValues(net.Norms[i].State, Scale(net, i), Bound(net, i), fractionBits);
        }

        FoldedNorm bits = NormFolding.Fold(net.Norms[i].State, Scale(net, i), Bound(net, i));
        return net.Shape.Norm == NormKind.Threshold ? bits.ToThreshold() : bits;
    }

    // Largest |component| a layer reads.
    private static int Top(ComplexNet<float> net, int i) => net.Shape.ReadsFrame(i) ? (1 << net.Shape.InputBits) - 1 : 1;

    private static double Scale(ComplexNet<float> net, int i) => 1.0 / Top(net, i);

    // Of all taps, kept or not: the integers of a norm do not depend on the form its weights are written in.
    private static long Bound(ComplexNet<float> net, int i) => 2L * net.Shape.Layers[i].Taps * Top(net, i) * net.Shape.Layers[i].SumPool * net.Shape.Layers[i].SumPool;

    private static string Name(int layer) => $"conv{layer + 1}";
}
