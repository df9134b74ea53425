using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Latency of the idle memory as it was measured on the board (hbm.md section 4, V1 to V4).</summary>
public sealed class ReadLatencyTests
{
    private const long Row = 1L << 14;

    /// <summary>Bank closed, row hit, row conflict: V2 55, V1 48, V3 62 AXI cycles with the switch off, seven more with it on (V4).</summary>
    [Theory]
    [InlineData(false, 300_000, 55, 48, 62)]
    [InlineData(true, 300_000, 62, 55, 69)]
    [InlineData(false, 450_000, 55, 48, 62)]
    [InlineData(false, 200_000, 55, 48, 62)]
    public void Idle_reads_take_the_measured_axi_cycles(bool switchOn, long arrayKilohertz, long closed, long hit, long conflict)
    {
        MemoryRig rig = new(Design(switchOn, arrayKilohertz), [new(0, 1), new(64, 1, 1000), new(Row, 1, 2000)]);
        rig.Simulation.Run();
        Assert.Equal([closed, hit, conflict], rig.ReadLatencies());
        HbmStatistics s = rig.Statistics;
        Assert.Equal((1L, 1L, 1L), (s.RowMisses, s.RowHits, s.RowConflicts));
    }

    /// <summary>13 clocks are seven cycles of the 450 MHz grid: the step between V1, V2 and V3.</summary>
    [Fact]
    public void Row_commands_issue_on_the_controller_grid()
    {
        MemoryRig rig = new(Design(false, 300_000), [new(0, 1), new(Row, 1, 1000)]);
        rig.Simulation.Run();
        Assert.Equal(
            [DramCommand.Activate, DramCommand.Read, DramCommand.Precharge, DramCommand.Activate, DramCommand.Read], rig.Log.Commands.Select(c => c.Command));
        long[] clocks = [.. rig.Log.Commands.Select(c => c.Clock)];
        Assert.All(clocks, c => Assert.Equal(0, c % 2));
        Assert.Equal((14L, 14L, 14L), (clocks[1] - clocks[0], clocks[3] - clocks[2], clocks[4] - clocks[3]));
    }

    /// <summary>Path in, tRCDWR 9 rounded to 5 cycles, CWL 4 + burst 2 clocks, path out; the data waits for nobody.</summary>
    [Fact]
    public void An_idle_write_is_acknowledged_when_its_data_is_in_the_dram()
    {
        MemoryRig rig = new(Design(false, 300_000), [new(0, 1, 0, [new(1, 2, 3, 4)])]);
        rig.Simulation.Run();
        Assert.Equal(40 + 5 + 3, (rig.Responses.Pops[0] - rig.WriteAddresses.Pushes[0]) / rig.AxiClock.Period);
        Assert.Equal(new(1, 2, 3, 4), rig.Image.ReadBeat(0));
    }

    private static AcceleratorDesign Design(bool switchOn, long arrayKilohertz)
    {
        AcceleratorDesign d = Designs.Reference();
        return d with
        {
            Clocks = d.Clocks with { ArrayKilohertz = arrayKilohertz },
            Axi = d.Axi with { SwitchOn = switchOn },
            Hbm = d.Hbm with { Refresh = RefreshMode.Off },
        };
    }
}
