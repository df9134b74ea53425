using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// Hardware-aware counts: every layer keeps a multiple of the design's output lanes, so that no lane idles in its last
/// group. Starts with one group of lanes everywhere and adds a group to the layer with the smallest kept share (lowest
/// index on ties) as long as the rate stays at or above the target. Layers whose values are added together grow as one.
/// </summary>
public static class KeptCounts
{
    public static int[] Choose(NetShape dense, double rate, int lanes, int least)
    {
        int first = (least + lanes - 1) / lanes * lanes;
        int[] ties = dense.Ties();
        int[] kept = [.. dense.Layers.Select(layer => Math.Min(first, layer.OutputChannels))];
        var open = new HashSet<int>(ties);
        while (open.Count > 0)
        {
            int layer = open.OrderBy(i => (double)kept[i] / dense.Layers[i].OutputChannels).ThenBy(i => i).First();
            int next = Math.Min(kept[layer] + lanes, dense.Layers[layer].OutputChannels);
            int[] trial = [.. kept.Select((count, i) => ties[i] == layer ? next : count)];
            if (next > kept[layer] && Rate(dense, trial) >= rate)
            {
                kept = trial;
            }
            else
            {
                open.Remove(layer);
            }
        }

        return kept;
    }

    /// <summary>Dense over kept complex weights of all binary convolutions (network.md section 4).</summary>
    public static double Rate(NetShape dense, IReadOnlyList<int> kept) =>
        (double)dense.ComplexWeights / dense.WithChannels(kept).ComplexWeights;
}
