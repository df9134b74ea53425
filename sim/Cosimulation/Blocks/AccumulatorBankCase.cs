using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>One accumulator bank between its three channels.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Seed">Seed of its stimulus.</param>
/// <param name="Array">Lanes of the array whose sums it adds.</param>
/// <param name="NormLanes">Sums it drains per cycle at most.</param>
/// <param name="Bits">Bits of one component.</param>
/// <param name="CommandDepth">Beats of the command channel.</param>
/// <param name="PartialDepth">Beats of the partial-sum channel.</param>
/// <param name="SumDepth">Beats of the sum channel.</param>
public sealed record AccumulatorBankCase(
    string Name,
    long Seed,
    PeArrayDesign Array,
    int NormLanes,
    int Bits,
    int CommandDepth,
    int PartialDepth,
    int SumDepth)
{
    /// <summary>Partial sums of one tile and group at most: with every plane at its heaviest, 20 bits hold them.</summary>
    public const int MaximumBeats = 16;

    private const int MaximumProducts = 24;

    /// <summary>Bits of one component of a partial sum, |value| up to twice the lanes.</summary>
    public int PartialBits => 33 - int.LeadingZeroCount(2 * Array.InputLanes);

    /// <summary>Pixels of a drained beat.</summary>
    public int BeatPixels => Math.Max(1, NormLanes / Array.OutputLanes);

    /// <summary>Channels of a drained beat.</summary>
    public int BeatChannels => Math.Min(NormLanes, Array.OutputLanes);

    /// <summary>Random geometries; the first is one lane of everything, the second drains more pixels per beat than a tile has.</summary>
    public static IReadOnlyList<AccumulatorBankCase> Random(long seed, int count)
    {
        StimulusRandom random = new(seed);
        List<AccumulatorBankCase> cases = [];
        for (int g = 0; g < count; g++)
        {
            int outputs = g == 0 ? 1 : random.Between(1, 8);
            int pixels = g == 0 ? 1 : random.Between(1, MaximumProducts / outputs);
            int lanes = g switch { 0 => 1, 1 => outputs * (pixels + 1), _ => random.Between(1, 2 * outputs * Math.Min(pixels, 3)) };
            PeArrayDesign array = new()
            {
                OutputLanes = outputs,
                PixelLanes = pixels,
                InputLanes = random.Between(1, 64),
                Kind = PeKind.Two,
                PipelineDepth = 1,
            };
            cases.Add(new AccumulatorBankCase($"accumulator-bank-{g:d2}", random.Fork(), array, lanes, random.Between(20, 32), random.Between(1, 3), random.Between(1, 4), random.Between(1, 4)));
        }

        return cases;
    }

    /// <summary>A layer of which the bank reads pixels, channels and lanes.</summary>
    public LayerPlan Layer(int pixels, int channels) => BlockLayer.Of(Name, Array, new MapShape(1, pixels, channels));
}
