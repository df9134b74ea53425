using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>
/// Cuts the weights of a network into the groups of a structure. The input taps of layers that read the frame are never removed:
/// columns and channels leave those layers alone. Layers whose values are added keep the same output channels, and what reads
/// one map loses the same input channels: they share a set.
/// </summary>
public static class Grouping
{
    /// <param name="shape">Geometry.</param>
    /// <param name="structure">What goes as one.</param>
    /// <param name="block">Po and Pi of the design, for blocks.</param>
    public static IReadOnlyList<GroupSet> Of(NetShape shape, PruningStructure structure, (int Output, int Input)? block = null) => structure switch
    {
        PruningStructure.Filter => Filters(shape),
        PruningStructure.Channel => Channels(shape),
        PruningStructure.Column => [.. Inner(shape).Select(i => Single(shape, i, shape.Layers[i].Taps, (_, t) => t))],
        PruningStructure.Kernel => [.. All(shape).Select(i => Kernels(shape, i))],
        PruningStructure.Block => [.. All(shape).Select(i => Blocks(shape, i, block ?? throw new ArgumentException("blocks need the lanes of a design", nameof(block))))],
        _ => [.. All(shape).Select(i => Single(shape, i, checked((int)shape.Layers[i].Weights), (o, t) => (o * shape.Layers[i].Taps) + t))],
    };

    /// <summary>Of a set: its first layer.</summary>
    public static string Name(int layer) => $"conv{layer + 1}";

    private static IEnumerable<int> All(NetShape shape) => Enumerable.Range(0, shape.Layers.Count);

    private static IEnumerable<int> Inner(NetShape shape) => All(shape).Where(i => !shape.ReadsFrame(i));

    private static List<GroupSet> Filters(NetShape shape)
    {
        int[] ties = shape.Ties();
        return [.. ties.Distinct().Order().Select(first => new GroupSet(
            Name(first), shape.Layers[first].OutputChannels,
            [.. All(shape).Where(i => ties[i] == first).Select(i => Member(shape, i, (o, _) => o))]))];
    }

    // What only the classifier reads is left alone: its weights are not pruned.
    private static List<GroupSet> Channels(NetShape shape)
    {
        int[] ties = shape.Ties();
        return [.. Inner(shape).GroupBy(i => ties[shape.Links[i].Source]).OrderBy(readers => readers.Key).Select(readers => new GroupSet(
            Name(readers.Key), shape.Layers[readers.Key].OutputChannels,
            [.. readers.Select(i => Member(shape, i, (_, t) => t % shape.Layers[i].Input.Channels))]))];
    }

    private static GroupSet Kernels(NetShape shape, int layer)
    {
        int channels = shape.Layers[layer].Input.Channels;
        return Single(shape, layer, shape.Layers[layer].OutputChannels * channels, (o, t) => (o * channels) + (t % channels));
    }

    private static GroupSet Blocks(NetShape shape, int layer, (int Output, int Input) block)
    {
        ConvolutionShape s = shape.Layers[layer];
        int words = (s.Taps + block.Input - 1) / block.Input;
        int rows = (s.OutputChannels + block.Output - 1) / block.Output;
        return Single(shape, layer, rows * words, (o, t) => (o / block.Output * words) + (t / block.Input));
    }

    private static GroupSet Single(NetShape shape, int layer, int count, Func<int, int, int> group) => new(Name(layer), count, [Member(shape, layer, group)]);

    private static GroupMember Member(NetShape shape, int layer, Func<int, int, int> group)
    {
        int taps = shape.Layers[layer].Taps;
        var groups = new int[shape.Layers[layer].Weights];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = group(i / taps, i % taps);
        }

        return new(layer, groups);
    }
}
