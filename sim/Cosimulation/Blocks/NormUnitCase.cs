using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>One norm unit between its six channels, with a table of random constants for a few layers.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Seed">Seed of constants and stimulus.</param>
/// <param name="Kind">Kind of every layer; null mixes them.</param>
/// <param name="Array">Lanes of the array: tiles and groups.</param>
/// <param name="Norm">Lanes, pipeline depth, channels of the table.</param>
/// <param name="Bits">Bits of one component.</param>
/// <param name="Depths">Beats of the channels: data, command, sum, bits, values, loaded.</param>
public sealed record NormUnitCase(
    string Name,
    long Seed,
    NormKind? Kind,
    PeArrayDesign Array,
    NormDesign Norm,
    int Bits,
    IReadOnlyList<int> Depths)
{
    private const int MaximumSums = 8;
    private const int Layers = 5;

    /// <summary>Pixels of a beat.</summary>
    public int BeatPixels => Math.Max(1, Norm.Lanes / Array.OutputLanes);

    /// <summary>Channels of a beat.</summary>
    public int BeatChannels => Math.Min(Norm.Lanes, Array.OutputLanes);

    /// <summary>Largest sum of the stimulus: what the accumulator holds.</summary>
    public int LargestSum => (1 << (Bits - 1)) - 1;

    /// <summary>
    /// Random geometries, each with all three kinds and with a mixture. The first is one lane of everything in one stage; pipeline depths cover every
    /// place of a rank.
    /// </summary>
    public static IReadOnlyList<NormUnitCase> Random(long seed, int geometries)
    {
        StimulusRandom random = new(seed);
        List<NormUnitCase> cases = [];
        for (int g = 0; g < geometries; g++)
        {
            int outputs = g == 0 ? 1 : random.Between(1, 6);
            int lanes = g == 0 ? 1 : Lanes(random, outputs);
            PeArrayDesign array = new() { OutputLanes = outputs, PixelLanes = random.Between(1, 6), InputLanes = 1, Kind = PeKind.Two, PipelineDepth = 1 };
            int depth = g < 6 ? g + 1 : random.Between(1, 6);
            int channels = Layers * random.Between(1, (2 * outputs) + 1);
            NormDesign norm = new() { Lanes = lanes, PipelineDepth = depth, TableChannels = channels };
            int[] depths = [.. Enumerable.Range(0, 6).Select(_ => random.Between(1, 3))];
            NormUnitCase first = new("", random.Fork(), null, array, norm, random.Between(8, 30), depths);
            cases.AddRange(((NormKind?[])[NormKind.Complex, NormKind.Diagonal, NormKind.Threshold, null]).Select(kind => first with
            {
                Name = $"norm-unit-{g:d2}-{kind?.ToString().ToLowerInvariant() ?? "mixed"}",
                Seed = random.Fork(),
                Kind = kind,
            }));
        }

        return cases;
    }

    /// <summary>Layers that share the table, each in a place of its own, with one channel or more; maps come with each command.</summary>
    public IReadOnlyList<LayerPlan> Plans(StimulusRandom random)
    {
        List<LayerPlan> plans = [];
        int left = Norm.TableChannels;
        for (int l = 0; l < Layers; l++)
        {
            int most = left - (Layers - 1 - l);
            int channels = l == Layers - 1 ? left : random.Between(1, Math.Min(most, (3 * Array.OutputLanes) + 1));
            NormKind kind = Kind ?? (NormKind)random.Between(0, 2);
            plans.Add(BlockLayer.Of($"{Name}-{l}", Array, new MapShape(1, 1, channels)) with
            {
                Index = l,
                NormBase = Norm.TableChannels - left,
                NormKind = kind,
                EmitsValues = kind != NormKind.Threshold && random.Between(0, 2) > 0,
            });
            left -= channels;
        }

        return plans;
    }

    private static int Lanes(StimulusRandom random, int outputs) =>
        random.Between(0, 2) == 0 ? random.Between(1, outputs) : outputs * random.Between(1, Math.Max(1, MaximumSums / outputs));
}
