using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Lockstep;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class ChannelCosimTests
{
    private const long Seed = 4711;

    [Fact]
    public void Channels_of_depth_1_to_5_equal_the_kernel_over_a_million_random_cycles()
    {
        CosimulationOptions options = new() { Block = "channel", Seed = Seed, Designs = 5, Cycles = 1_000_000 };

        CosimulationReport report = new CosimulationRun(options).Execute();

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal([1, 2, 3, 4, 5], report.Blocks.Select(b => b.Parameters["Depth"]));
        Assert.All(report.Blocks, row => Assert.Equal(1_000_000, row.Cycles));
    }

    [Fact]
    public void Depth_1_streams_at_half_rate_and_deeper_channels_at_full_rate()
    {
        const int Cycles = 1000;
        ChannelLockstep[] designs = [.. Enumerable.Range(1, 5).Select(depth => new ChannelLockstep(depth, Seed, saturated: true))];

        CosimulationReport report = new CosimulationRun(new CosimulationOptions()).Execute("channel", designs, Cycles);

        // The first beat is pushed in cycle 0 and popped in cycle 1; then one every other, or every, cycle.
        Assert.Equal(0, report.Mismatches);
        Assert.Equal([Cycles / 2, Cycles - 1, Cycles - 1, Cycles - 1, Cycles - 1], designs.Select(d => d.Transfers));
    }

    [Fact]
    public void Random_stalls_reach_empty_and_full_and_both_kinds_of_simultaneous_move()
    {
        StallPattern stalls = new(Seed, sides: 2, saturated: false);
        int[] seen = new int[4];
        for (int i = 0; i < 10_000; i++)
        {
            seen[stalls.Next()]++;
        }

        Assert.All(seen, count => Assert.True(count > 500, $"seed {Seed}: {string.Join(' ', seen)}"));
    }
}
