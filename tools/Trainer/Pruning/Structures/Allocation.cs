using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>
/// Designated numbers of groups for one global rate = dense over kept weights of all convolutions (network.md section 4): the same share everywhere,
/// by the norms of the pretrained weights, or in whole lane groups of a design (<see cref="KeptCounts"/>); or for a rate of each layer. Every set keeps at least the least number.
/// </summary>
public sealed class Allocation(NetShape shape, PruningStructure structure, IReadOnlyList<GroupSet> sets, int least = 1)
{
    private const int Halvings = 60;

    // Of every set, rising.
    private readonly int[][] sizes = [.. sets.Select(set => set.Sizes().Order().ToArray())];

    /// <summary>With the least number of groups everywhere.</summary>
    public double HighestRate => Rate([.. sets.Select(set => Bounded(set, 0))]);

    /// <summary>Largest common share of groups that still reaches the rate.</summary>
    public IReadOnlyList<int> Uniform(double rate) => Search(rate, share => [.. sets.Select(set => Bounded(set, (int)Math.Floor(share * set.Count)))]);

    /// <summary>
    /// The groups whose norm beside the root mean square of their set is largest over all layers: a common threshold, lowered until the rate is just reached.
    /// </summary>
    public IReadOnlyList<int> ByNorm(double rate, WeightVector values)
    {
        double[][] relative = [.. sets.Select(set => Relative(set.SquaredNorms(values)))];
        double top = relative.Max(norms => norms.Max());
        return Search(rate, share => [.. sets.Select((set, i) => Bounded(set, relative[i].Count(norm => norm > (1 - share) * top)))]);
    }

    /// <summary>Of every set as many as the rate of its layer leaves, rounded down; null = all. Rates are by layer.</summary>
    public IReadOnlyList<int> ByLayer(IReadOnlyList<double?> rates) =>
        [.. sets.Select(set => Bounded(set, (int)Math.Floor(set.Count / (rates.Where((_, layer) => Grouping.Name(layer) == set.Name).Single() ?? 1))))];

    /// <summary>Dense over kept weights.</summary>
    public double Rate(IReadOnlyList<int> kept) => (double)shape.ComplexWeights / KeptWeights(kept);

    /// <summary>Weights that stay.</summary>
    public long KeptWeights(IReadOnlyList<int> kept) => structure is PruningStructure.Filter or PruningStructure.Channel
        ? shape.WithChannels(Channels(kept)).ComplexWeights
        : shape.ComplexWeights - sizes.Zip(kept, Removed).Sum();

    /// <summary>Output channels of every layer; those no set speaks of keep all.</summary>
    public IReadOnlyList<int> Channels(IReadOnlyList<int> kept)
    {
        int[] ties = shape.Ties();
        var channels = shape.Layers.Select(layer => layer.OutputChannels).ToArray();
        for (int i = 0; i < channels.Length; i++)
        {
            for (int s = 0; s < sets.Count; s++)
            {
                channels[i] = sets[s].Name == Grouping.Name(ties[i]) ? kept[s] : channels[i];
            }
        }

        return channels;
    }

    // Groups of one set differ in size only at the edge of a block list: the smallest ones are counted as removed.
    private static long Removed(int[] sizes, int kept) =>
        sizes[0] == sizes[^1] ? (long)sizes[0] * (sizes.Length - kept) : sizes.Take(sizes.Length - kept).Sum(size => (long)size);

    private static double[] Relative(double[] norms)
    {
        double mean = norms.Average();
        return Array.ConvertAll(norms, norm => mean > 0 ? norm / mean : 0);
    }

    private int Bounded(GroupSet set, int count) => Math.Clamp(count, Math.Min(least, set.Count), set.Count);

    private IReadOnlyList<int> Search(double rate, Func<double, int[]> counts)
    {
        int[] best = counts(0);
        if (Rate(best) < rate)
        {
            throw new InputException("configuration", "rate", FormattableString.Invariant($"{rate}"), FormattableString.Invariant($"{structure} pruning of this network reaches at most {Rate(best):F2}x without emptying a layer"), "Ask for a lower rate or another structure");
        }

        double low = 0, high = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            int[] trial = counts(middle);
            if (Rate(trial) >= rate)
            {
                (best, low) = (trial, middle);
            }
            else
            {
                high = middle;
            }
        }

        return best;
    }
}
