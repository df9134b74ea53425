using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Names of layers (conv1, conv2, ...) to links, and the rules of the graph that need no map sizes.</summary>
internal static class LayerGraph
{
    private const string Frame = "input";

    /// <summary>Links of checked settings.</summary>
    public static IReadOnlyList<LayerLink> Links(IReadOnlyList<LayerSettings> layers) =>
        [.. layers.Select((layer, i) => new LayerLink(Source(layer.Input, i) ?? throw Unchecked(i), layer.Output == OutputKind.Values, layer.Residual is null ? LayerLink.None : Earlier(layer.Residual, i) ?? throw Unchecked(i)))];

    /// <summary>Reports every broken reference, every add that cannot be and every layer that nothing reads.</summary>
    public static void Check(TrainerConfiguration c, Action<bool, string, object?, string, string> rule)
    {
        IReadOnlyList<LayerSettings> layers = c.Layers;
        var read = new HashSet<int>();
        for (int i = 0; i < layers.Count; i++)
        {
            string place = $"layers[{i}]";
            LayerSettings layer = layers[i];
            int? source = Source(layer.Input, i);
            rule(source is not null, place + ".input", layer.Input, $"must be null, input or one of the {i} layers before it, conv1 ...", "Name an earlier layer");
            rule(Enum.IsDefined(layer.Output), place + ".output", layer.Output, "must be bits or values", "Use bits where nothing is added");
            rule(i == 0 || source != LayerLink.Frame || c.Data.Transform != LearnedImaginary.TransformName, place + ".input", layer.Input, $"only the first layer may read the input where data.transform is {LearnedImaginary.TransformName}", "Name an earlier layer");
            read.Add(source ?? LayerLink.Frame);
            if (layer.Residual is { } name)
            {
                int? other = Earlier(name, i);
                rule(other is not null, place + ".residual", name, $"must be null or one of the {i} layers before it, conv1 ...", "Name an earlier layer");
                rule(layer.Output == OutputKind.Values, place + ".output", layer.Output, "must be values where residual is given", "Set output to values");
                CheckAdd(layers, i, other, rule);
                read.Add(other ?? LayerLink.Frame);
            }
        }

        for (int i = 0; i < layers.Count - 1; i++)
        {
            rule(read.Contains(i), $"layers[{i}]", $"conv{i + 1}", "must be read by another layer: as input, as residual, or by the head if it is the last", "Remove the layer or name it where it belongs");
        }

        rule(!c.Head.Relu || layers.Count == 0 || layers[^1].Output == OutputKind.Values, "head.relu", c.Head.Relu, "needs a last layer with values", "Set relu to false or output to values");
    }

    private static void CheckAdd(IReadOnlyList<LayerSettings> layers, int i, int? other, Action<bool, string, object?, string, string> rule)
    {
        if (other is { } at)
        {
            rule(layers[at].Output == OutputKind.Values, $"layers[{i}].residual", layers[i].Residual, "must name a layer with values", $"Set layers[{at}].output to values");
            rule(layers[at].Channels == layers[i].Channels, $"layers[{i}].residual", $"{layers[at].Channels} channels", $"must have the {layers[i].Channels} channels it is added to", "Give both layers the same channels, or add through a 1x1 shortcut layer");
        }
    }

    private static int? Source(string? name, int layer) => name switch
    {
        null => layer - 1,
        Frame => LayerLink.Frame,
        _ => Earlier(name, layer),
    };

    private static int? Earlier(string name, int layer)
    {
        for (int i = 0; i < layer; i++)
        {
            if (name == string.Create(CultureInfo.InvariantCulture, $"conv{i + 1}"))
            {
                return i;
            }
        }

        return null;
    }

    private static InvalidOperationException Unchecked(int layer) => new($"layers[{layer}] was not checked");
}
