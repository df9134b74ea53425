using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>
/// How a graph uses the two halves of bits and the one shortcut map: a layer writes the half it does not read, so every half follows from
/// the first. A network that needs a third half or a second shortcut map is refused by <see cref="GraphRules"/>. Pure.
/// </summary>
/// <param name="Sinks">Per layer.</param>
/// <param name="SourceHalves">Half each layer reads, seen from a frame whose first layer writes half 0; -1: the frame.</param>
public sealed record GraphPlan(IReadOnlyList<LayerSinks> Sinks, IReadOnlyList<int> SourceHalves)
{
    public static GraphPlan Of(Network network)
    {
        Dictionary<string, int> writtenHalf = new(StringComparer.Ordinal);
        List<int> halves = [];
        foreach (ConvolutionLayer layer in network.Layers)
        {
            int source = layer.Source == Network.InputName ? -1 : writtenHalf.GetValueOrDefault(layer.Source);
            halves.Add(source);
            writtenHalf[layer.Name] = source < 0 ? 0 : 1 - source;
        }

        return new GraphPlan([.. network.Layers.Select((l, i) => SinksOf(network, l, i))], halves);
    }

    /// <summary>Half a layer writes its bits to.</summary>
    public int TargetHalf(int layer) => SourceHalves[layer] < 0 ? 0 : 1 - SourceHalves[layer];

    private static LayerSinks SinksOf(Network network, ConvolutionLayer layer, int index) => new(
        network.Layers.Any(l => l.Source == layer.Name),
        network.Layers.Any(l => l.Residual == layer.Name),
        index == network.Layers.Count - 1);
}
