using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Ten million DRAM commands of random traffic under random policies, each judged by the independent checker.</summary>
public sealed class CommandCampaignTests
{
    private const int Runs = 40;
    private const long CommandsPerRun = 250_000;

    public static TheoryData<int> Blocks => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void No_command_breaks_a_timing_row(int block)
    {
        long commands = 0;
        for (int seed = block * Runs / 4; seed < (block + 1) * Runs / 4; seed++)
        {
            AcceleratorDesign design = Design(seed);
            long requests = CommandsPerRun;
            MemoryBench bench = new(design, [new PortTraffic(5, new ListedRequests(Traffic(seed, requests)))], [5], 450_000);
            CommandLogChecker checker = new(design.Hbm.Timing);
            bench.Memory.Controller(5).Observe(5, checker);
            bench.Run();
            List<string> violations = checker.Finish();
            Assert.True(violations.Count == 0, $"seed {seed}: {string.Join("; ", violations.Take(5))}");
            commands += checker.Commands;
        }

        Assert.True(commands >= 10_000_000 / 4, $"only {commands} commands");
    }

    /// <summary>A random policy over the set of the board with the rows lengthened, every second time, that cannot bind in it.</summary>
    private static AcceleratorDesign Design(int seed)
    {
        AcceleratorDesign d = Designs.Reference();
        HbmDesign hbm = RandomDesigns.Of(seed).Hbm;
        return d with { Hbm = hbm with { Timing = seed % 2 == 0 ? d.Hbm.Timing : d.Hbm.Timing with { TRc = 50, TRrdL = 6, TFaw = 24 } } };
    }

    /// <summary>Runs of neighbours, hot rows and far jumps, reads and writes.</summary>
    private static IEnumerable<MemoryRequest> Traffic(int seed, long requests)
    {
        Random random = new(seed);
        long at = 0;
        for (long i = 0; i < requests; i++)
        {
            at = random.Next(4) switch
            {
                0 => random.NextInt64(1 << 23) * 32,
                1 => (at & ~0x3FFFL) + (random.Next(512) * 32),
                _ => (at + 32) & 0xFFFFFFF,
            };
            yield return new MemoryRequest(0, (5L << 28) + at, 32, random.Next(1 + (seed % 3)) > 0);
        }
    }
}
