using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Design;
using BcnnSim.Numerics;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>One PE array between its three channels.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Seed">Seed of its stimulus; the three kinds of one geometry share it, so they must also agree with each other.</param>
/// <param name="Array">Lanes, kind, pipeline depth.</param>
/// <param name="WindowDepth">Beats of the window channel.</param>
/// <param name="WeightDepth">Beats of the weight channel.</param>
/// <param name="PartialDepth">Beats of the partial-sum channel.</param>
/// <param name="PopcountTree">The RTL counts with the adder tree that synthesis sees instead of $countones.</param>
public sealed record PeArrayCase(
    string Name,
    long Seed,
    PeArrayDesign Array,
    int WindowDepth,
    int WeightDepth,
    int PartialDepth,
    bool PopcountTree)
{
    /// <summary>Bounds of random geometries: a library of twenty, three kinds each, builds in about half a minute.</summary>
    public const int MaximumOutputs = 8;

    private const int MaximumProducts = 12;
    private const int MaximumTreeProducts = 2;

    /// <summary>Bits of one component of a partial sum, |value| up to twice the lanes.</summary>
    public int SumBits => 1 + Log2Ceiling((2 * Array.InputLanes) + 1);

    /// <summary>
    /// Random geometries, each with all three kinds. The first are the corners: one lane of everything; 64 taps; the tree at full width.
    /// </summary>
    public static IReadOnlyList<PeArrayCase> Random(long seed, int geometries)
    {
        StimulusRandom random = new(seed);
        List<PeArrayCase> cases = [];
        for (int g = 0; g < geometries; g++)
        {
            bool tree = g % 5 == 2;
            int products = tree ? MaximumTreeProducts : MaximumProducts;
            int outputs = g == 0 ? 1 : random.Between(1, Math.Min(MaximumOutputs, products));
            int pixels = g == 0 ? 1 : random.Between(1, Math.Min(MaximumOutputs, products / outputs));
            int inputs = g switch { 0 => 1, 1 or 2 => 64, _ => random.Between(1, 64) };
            int depth = random.Between(1, 6);
            long stimulus = random.Fork();
            PeArrayCase first = new("", stimulus, Geometry(outputs, pixels, inputs, depth), random.Between(1, 4), random.Between(1, 4), random.Between(1, 4), tree);
            cases.AddRange(Enum.GetValues<PeKind>().Select(kind => first with
            {
                Name = $"pe-array-{g:d2}-{kind.ToString().ToLowerInvariant()}",
                Array = first.Array with { Kind = kind },
            }));
        }

        return cases;
    }

    private static PeArrayDesign Geometry(int outputs, int pixels, int inputs, int depth) => new()
    {
        OutputLanes = outputs,
        PixelLanes = pixels,
        InputLanes = inputs,
        Kind = PeKind.Two,
        PipelineDepth = depth,
    };

    private static int Log2Ceiling(int value) => 32 - int.LeadingZeroCount(value - 1);
}
