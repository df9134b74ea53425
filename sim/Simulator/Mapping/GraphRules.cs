using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>What the machine asks of a graph: one layer on the frame, two halves of bits, one shortcut map, the classifier at the end.</summary>
internal static class GraphRules
{
    public static void Check(Network network, Action<bool, string, string, string, string> require)
    {
        IReadOnlyList<ConvolutionLayer> layers = network.Layers;
        GraphPlan plan = GraphPlan.Of(network);
        for (int i = 0; i < layers.Count; i++)
        {
            ConvolutionLayer layer = layers[i];
            bool frame = layer.Source == Network.InputName;
            require(frame == (i == 0), layer.Name, layer.Source, "the first layer, and no other, reads the frame", "Let the first convolution carry the frame to the others");
            require(plan.Sinks[i].Count > 0, layer.Name, layer.Name, "a result that nothing reads cannot be run", "Remove the layer");
            CheckValues(layer, require);
            if (plan.Sinks[i].Bits)
            {
                int still = NeededAfter(layers, i, j => plan.Sinks[j].Bits && plan.TargetHalf(j) == plan.TargetHalf(i), (l, name) => l.Source == name);
                require(still < 0, layer.Name, still < 0 ? "" : layers[still].Name, "its bits would overwrite a map that a later layer still reads: the machine has two halves of bits", "Order the layers so that at most two maps of bits are needed at once");
            }

            if (plan.Sinks[i].Shortcut)
            {
                int still = NeededAfter(layers, i, j => plan.Sinks[j].Shortcut, (l, name) => l.Residual == name);
                require(still < 0, layer.Name, still < 0 ? "" : layers[still].Name, "its values would overwrite a shortcut that a later layer still adds: the machine has one shortcut map", "Order the layers so that one shortcut is needed at a time");
            }
        }

        if (network.Classifier is ClassifierLayer head && layers.Count > 0)
        {
            require(head.Source == layers[^1].Name, head.Name, head.Source, "the classifier reads the last layer", "Move that layer to the end");
            require(!head.ReadsValues || layers[^1].Output == OutputKind.Values, head.Name, "values", "the last layer has bits, not values", "Give the last layer output values");
        }
    }

    /// <summary>What the file reader asks of values, for networks built in code.</summary>
    private static void CheckValues(ConvolutionLayer layer, Action<bool, string, string, string, string> require)
    {
        bool values = layer.Output == OutputKind.Values;
        require(layer.Residual is null || values, layer.Name, layer.Residual ?? "", "a residual is added to values", "Give the layer output values");
        require(layer.Norm.HasValues == values, layer.Name, layer.Output.ToString(), "a norm has shifts exactly where the layer has values", "Fold the norm for this output");
        require(!values || layer.MaxPool == 1, layer.Name, "maxPool", "values are not max pooled", "Use sum pooling, or output bits");
    }

    /// <summary>Latest layer before <paramref name="writer"/> in the same memory, if a layer after <paramref name="writer"/> still reads it; else -1.</summary>
    private static int NeededAfter(IReadOnlyList<ConvolutionLayer> layers, int writer, Func<int, bool> sameMemory, Func<ConvolutionLayer, string, bool> reads)
    {
        for (int j = writer - 1; j >= 0; j--)
        {
            if (sameMemory(j))
            {
                return layers.Skip(writer + 1).Any(l => reads(l, layers[j].Name)) ? j : -1;
            }
        }

        return -1;
    }
}
