using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Tests.Contracts;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Random reads and writes through the controller: legal commands, right data, the kernel contract.</summary>
public sealed class RandomTrafficTests
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_command_is_legal_and_every_beat_is_right(int seed)
    {
        RandomTraffic traffic = new(seed);
        MemoryRig rig = traffic.Rig();
        rig.Simulation.Run();
        List<string> violations = CommandLogChecker.Check(traffic.Design.Hbm.Timing, rig.Log.Commands);
        Assert.True(violations.Count == 0, $"seed {seed}: {string.Join("; ", violations.Take(5))}");
        Assert.True(rig.Log.Commands.Count(c => c.Command == DramCommand.Refresh) > 0 == (traffic.Design.Hbm.Refresh != RefreshMode.Off), $"seed {seed}: refreshes");
        Assert.True(traffic.ExpectedReads().SequenceEqual(rig.Master.Read), $"seed {seed}: data read");
        Assert.True(traffic.ExpectedWrites().All(w => rig.Image.ReadBeat(rig.Base + w.Address) == w.Data), $"seed {seed}: data written");
        HbmStatistics s = rig.Statistics;
        Assert.Equal(traffic.Beats, s.ReadBeats + s.WriteBeats);
        Assert.Equal(traffic.Beats, s.RowHits + s.RowMisses + s.RowConflicts);
    }

    /// <summary>A port that carries reads and writes at once, with a master that stalls: the corner no machine has yet.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_contract_holds_for_mixed_traffic_and_a_stalling_master(int seed)
    {
        List<string> violations = ContractCheck.Violations(options => Subject(new RandomTraffic(seed), options));
        Assert.True(violations.Count == 0, $"seed {seed}: {string.Join('\n', violations.Take(10))}");
    }

    /// <summary>Nothing is issued between a refresh's due clock and its end, and no refresh is postponed.</summary>
    [Fact]
    public void Every_refresh_begins_when_due_or_as_soon_as_all_banks_are_closed()
    {
        RandomTraffic traffic = new(5, refresh: true);
        MemoryRig rig = traffic.Rig();
        rig.Simulation.Run();
        HbmTiming t = traffic.Design.Hbm.Timing;
        long longestClose = t.Cwl + t.BurstClocks + t.TWr + t.TRas + t.TRp;
        long[] refreshes = [.. rig.Log.Commands.Where(c => c.Command == DramCommand.Refresh).Select(c => c.Clock)];
        Assert.True(refreshes.Length > 2);
        for (int k = 0; k < refreshes.Length; k++)
        {
            long due = (t.TRefi * (RandomTraffic.PseudoChannel + 1L) / 32) + ((long)t.TRefi * k);
            Assert.InRange(refreshes[k], due, due + longestClose);
        }
    }

    private static ContractSubject Subject(RandomTraffic traffic, SimulationOptions options)
    {
        MemoryRig rig = traffic.Rig(options);
        return new ContractSubject(rig.Simulation, () => string.Join(' ', rig.Master.Read.Select(r => r.Data.W0).Append((ulong)rig.Master.Responses)));
    }
}
