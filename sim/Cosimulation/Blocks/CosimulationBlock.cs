using BcnnSim.Cosimulation.Lockstep;

namespace BcnnSim.Cosimulation.Blocks;

/// <summary>A kind of block that exists in RTL and in C#: how to make random designs of it. A new block is one entry here.</summary>
/// <param name="Name">Name on the command line and in reports.</param>
/// <param name="DefaultCycles">Cycles compared when the user names none.</param>
/// <param name="Make">Designs from a seed and a number; a block may make several per number asked for.</param>
public sealed record CosimulationBlock(string Name, long DefaultCycles, Func<long, int, IReadOnlyList<ILockstepDesign>> Make)
{
    public static IReadOnlyList<CosimulationBlock> All { get; } =
    [
        new CosimulationBlock("channel", 1_000_000, Channels),
        new CosimulationBlock("pe-array", 100_000, (seed, count) => [.. PeArrayCase.Random(seed, count).Select(c => new PeArrayLockstep(c))]),
        new CosimulationBlock("accumulator-bank", 100_000, (seed, count) => [.. AccumulatorBankCase.Random(seed, count).Select(c => new AccumulatorBankLockstep(c))]),
        new CosimulationBlock("pool-unit", 100_000, (seed, count) => [.. PoolUnitCase.Random(seed, count).Select(c => new PoolUnitLockstep(c))]),
        new CosimulationBlock("line-buffer", 100_000, (seed, count) => [.. LineBufferCase.Random(seed, count).Select(c => new LineBufferLockstep(c))]),
        new CosimulationBlock("norm-unit", 100_000, (seed, count) => [.. NormUnitCase.Random(seed, count).Select(c => new NormUnitLockstep(c))]),
    ];

    /// <summary>Depths 1, 2, 3, 4, ...: the small ones are where off-by-ones live.</summary>
    private static List<ILockstepDesign> Channels(long seed, int count)
    {
        StimulusRandom seeds = new(seed);
        List<ILockstepDesign> designs = [];
        for (int depth = 1; depth <= count; depth++)
        {
            designs.Add(new ChannelLockstep(depth, seeds.Fork()));
        }

        return designs;
    }
}
