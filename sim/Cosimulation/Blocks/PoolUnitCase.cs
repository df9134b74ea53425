using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>One sum pooling unit between its three channels.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Seed">Seed of its stimulus.</param>
/// <param name="Array">Lanes of the array: tiles and groups.</param>
/// <param name="NormLanes">Sums of a beat at most.</param>
/// <param name="PoolLanes">Sums added per cycle.</param>
/// <param name="Bits">Bits of one component.</param>
/// <param name="CommandDepth">Beats of the command channel.</param>
/// <param name="SumDepth">Beats of the sum channel.</param>
/// <param name="PooledDepth">Beats of the pooled channel.</param>
public sealed record PoolUnitCase(
    string Name,
    long Seed,
    PeArrayDesign Array,
    int NormLanes,
    int PoolLanes,
    int Bits,
    int CommandDepth,
    int SumDepth,
    int PooledDepth)
{
    /// <summary>Largest k of random layers.</summary>
    public const int MaximumFactor = 4;

    private const int MaximumSums = 16;

    /// <summary>Pixels of a beat.</summary>
    public int BeatPixels => Math.Max(1, NormLanes / Array.OutputLanes);

    /// <summary>Channels of a beat.</summary>
    public int BeatChannels => Math.Min(NormLanes, Array.OutputLanes);

    /// <summary>Pooled columns of random layers at most: rows of several words of all banks.</summary>
    public int MaximumColumns => (2 * BeatPixels) + 5;

    /// <summary>Channels of random layers at most: three groups.</summary>
    public int MaximumChannels => 3 * Array.OutputLanes;

    /// <summary>Running sums of the largest random layer.</summary>
    public int State => MaximumColumns * MaximumChannels;

    /// <summary>State words of one bank, both halves: what the largest random layer takes up, and not one more.</summary>
    public int StateWords
    {
        get
        {
            PoolCost cost = new(Array.OutputLanes, NormLanes, PoolLanes, Bits, StateEntries: 0);
            return (int)(cost.TakenBy(MaximumColumns, MaximumChannels) / (cost.Banks * cost.LaneChannels));
        }
    }

    /// <summary>
    /// Random geometries; the first is one lane of everything, the second wraps around small maps several times per beat, the third works on a
    /// beat in chunks of pixels, the fourth in chunks of channels.
    /// </summary>
    public static IReadOnlyList<PoolUnitCase> Random(long seed, int count)
    {
        StimulusRandom random = new(seed);
        List<PoolUnitCase> cases = [];
        for (int g = 0; g < count; g++)
        {
            int outputs = g switch { 0 or 1 => 1, 2 => 2, 3 => 5, _ => random.Between(1, 8) };
            int pixels = g == 0 ? 1 : random.Between(1, 12);
            int norm = g switch { 0 => 1, 1 => 8, 2 => 12, 3 => 4, _ => Norm(random, outputs) };
            int pool = g switch { 0 => 1, 1 => 8, 2 => 5, 3 => 3, _ => random.Between(1, 2 * norm) };
            PeArrayDesign array = new() { OutputLanes = outputs, PixelLanes = pixels, InputLanes = 1, Kind = PeKind.Two, PipelineDepth = 1 };
            cases.Add(new PoolUnitCase($"pool-unit-{g:d2}", random.Fork(), array, norm, pool, random.Between(12, 30), random.Between(1, 3), random.Between(1, 4), random.Between(1, 4)));
        }

        return cases;
    }

    /// <summary>A random map, as large as k in both directions or more, and its k; k = 1 passes through.</summary>
    public (MapShape Map, int Factor) Layer(StimulusRandom random)
    {
        int factor = random.Between(1, MaximumFactor);
        int columns = random.Between(1, MaximumColumns);
        return (new MapShape(random.Between(1, 3) * factor, columns * factor, random.Between(1, MaximumChannels)), factor);
    }

    private static int Norm(StimulusRandom random, int outputs) =>
        random.Between(0, 2) == 0 ? random.Between(1, outputs) : outputs * random.Between(1, Math.Max(1, MaximumSums / outputs));
}
