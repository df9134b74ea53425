using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Sequential reads in bursts of 16 against closed forms, AXI cycles from the first beat to the last.</summary>
public sealed class StreamingTests
{
    /// <summary>Two banks (one of each group of the default map) share 64 beats of 32 bytes; eight such pairs hold the first 16 KiB.</summary>
    private const int BeatsPerRowPair = 64;

    /// <summary>
    /// Closed banks: look-ahead hides every activate, only the second activate at the start waits tRRD: N + 1. From then on a beat enters
    /// the window for each that leaves, so the window stays as deep as the first activate made it, 7 cycles and one. The first pair of rows
    /// that must be closed and opened takes 14 cycles (tRP and tRCD of 13 clocks on the grid) and one for the second activate, of which
    /// those 8 hide 8; the 7 that are left deepen the window, and no later pair is seen.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Without_refresh_a_stream_takes_a_cycle_per_beat_and_seven_for_the_first_reopened_row_pair(int bursts)
    {
        int beats = 16 * bursts;
        MemoryRig rig = Stream(bursts, refresh: false);
        Assert.Equal(beats + 1 + (beats / BeatsPerRowPair > 8 ? 7 : 0), Cycles(rig));
        Assert.Equal(Math.Min(beats / BeatsPerRowPair, 8) * 2, rig.Statistics.RowMisses);
    }

    /// <summary>A refresh costs tRFC (117 cycles) and closing and reopening around it, and spares up to eight reopened row pairs.</summary>
    [Fact]
    public void With_refresh_a_stream_loses_the_refresh_share_and_the_reopening()
    {
        const int Bursts = 2048;
        MemoryRig rig = Stream(Bursts, refresh: true);
        long plain = Cycles(Stream(Bursts, refresh: false));
        long refreshes = rig.Log.Commands.Count(c => c.Command == DramCommand.Refresh);
        Assert.InRange(refreshes, 2 * plain / 3510, 2 * Cycles(rig) / 3510);
        Assert.InRange(Cycles(rig) - plain, refreshes * 117, refreshes * (117 + 14 + 14));
        double gigabytes = Bursts * 512 / (Cycles(rig) / 0.45);
        Assert.InRange(gigabytes, 13.27 * 0.97, 13.44);
    }

    /// <summary>V18: a port below the memory's clock is capped at 32 bytes per cycle of its own.</summary>
    [Theory]
    [InlineData(300_000)]
    [InlineData(200_000)]
    [InlineData(150_000)]
    public void A_slower_port_takes_one_beat_per_cycle_of_its_own_clock(long arrayKilohertz)
    {
        const int Bursts = 128;
        AcceleratorDesign d = Design(refresh: false);
        CommitTimes taken = new();
        MemoryRig rig = Run(d with { Clocks = d.Clocks with { ArrayKilohertz = arrayKilohertz, CrossingDepth = 16 } }, Bursts, r => r.Port.ReadData.Attach(taken));
        long cycles = 1 + ((taken.Pops[^1] - taken.Pops[0]) / rig.ArrayClock.Period);
        Assert.InRange(cycles, 16 * Bursts, (16 * Bursts) + 2);
    }

    /// <summary>V9: all accesses in one bank group are limited by tCCD_L 4 clocks, two cycles a beat.</summary>
    [Fact]
    public void Single_beats_of_one_bank_group_take_two_cycles_each()
    {
        const int Beats = 512;
        AcceleratorDesign d = Design(refresh: false);
        MemoryRig rig = new(d, Enumerable.Range(0, Beats).Select(i => new MasterBurst(64L * (i % 32), 1)), 31);
        rig.Simulation.Run();
        Assert.Equal((2 * (Beats - 1)) + 1, Cycles(rig));
    }

    private static MemoryRig Stream(int bursts, bool refresh) => Run(Design(refresh), bursts);

    private static MemoryRig Run(AcceleratorDesign design, int bursts, Action<MemoryRig>? attach = null)
    {
        MemoryRig rig = new(design, Enumerable.Range(0, bursts).Select(i => new MasterBurst(512L * i, 16)), pseudoChannel: 31);
        attach?.Invoke(rig);
        rig.Simulation.Run();
        Assert.Empty(CommandLogChecker.Check(design.Hbm.Timing, rig.Log.Commands.Take(4000)));
        return rig;
    }

    private static long Cycles(MemoryRig rig) => 1 + ((rig.Data.Pushes[^1] - rig.Data.Pushes[0]) / rig.AxiClock.Period);

    private static AcceleratorDesign Design(bool refresh)
    {
        AcceleratorDesign d = Designs.Reference();
        return d with { Clocks = d.Clocks with { ArrayKilohertz = 450_000, CrossingDepth = 64 }, Hbm = d.Hbm with { Refresh = refresh ? RefreshMode.AllBank : RefreshMode.Off } };
    }
}
