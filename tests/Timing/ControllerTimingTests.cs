using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>
/// Every timing row through the controller: under a set in which all other rows are one clock, its log is replayed beside two
/// pseudo-channels, one with the row and one without it. A command that only the first refuses for a while was delayed by the row.
/// </summary>
public sealed class ControllerTimingTests
{
    /// <summary>DRAM clocks per edge of the controller: 900 MHz against 450 MHz.</summary>
    private const int Edge = 2;

    public static TheoryData<string> Rows => [.. BindingCases.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_n_clocks_delays_a_command_of_the_controller_to_its_next_edge_at_or_after_n(string name)
    {
        BindingCase row = BindingCases.All.Single(r => r.Name == name);
        foreach (int n in (int[])[22, 23])
        {
            (int bound, int prompt, int early) = Replay(row, n);
            Assert.True(bound > 0, $"{name} = {n} delays no command");
            Assert.True(prompt > 0, $"{name} = {n}: none of {bound} delayed commands leaves at the first edge that allows it");
            Assert.Equal(0, early);
        }
    }

    // Commands that the row delays, those of them at the first edge that allows them, and commands before their time.
    private static (int Bound, int Prompt, int Early) Replay(BindingCase row, int n)
    {
        HbmTiming timing = row.With(BindingCases.Free, n);
        PseudoChannel full = new(timing), without = new(BindingCases.Free);
        int bound = 0, prompt = 0, early = 0;
        foreach ((DramCommand command, int bank, int open, long clock) in Commands(timing, row.Name))
        {
            long earliest = full.Earliest(command, bank);
            bool delayed = earliest > without.Earliest(command, bank) && earliest > clock - n;
            early += clock < earliest ? 1 : 0;
            bound += delayed ? 1 : 0;
            prompt += delayed && clock - earliest < Edge ? 1 : 0;
            full.Issue(command, bank, open, clock);

            // A longer write latency lets writes follow reads sooner: what only the full set allows is late in the other.
            without.Issue(command, bank, open, Math.Max(clock, without.Earliest(command, bank)));
        }

        return (bound, prompt, early);
    }

    private static List<(DramCommand Command, int Bank, int Row, long Clock)> Commands(HbmTiming timing, string row)
    {
        AcceleratorDesign design = Harness.Designs.Reference();
        RefreshMode refresh = row switch
        {
            nameof(HbmTiming.TRfc) => RefreshMode.AllBank,
            nameof(HbmTiming.TRfcSb) or nameof(HbmTiming.TRrefd) => RefreshMode.SingleBank,
            _ => RefreshMode.Off,
        };
        design = design with { Hbm = design.Hbm with { Timing = timing, Refresh = refresh } };
        var rig = new MemoryRig(design, Requests());
        rig.Simulation.Run();
        return rig.Log.Commands;
    }

    // Few rows of all banks, reads beside writes: hits, conflicts, every group and both directions.
    private static IEnumerable<MasterBurst> Requests()
    {
        Random random = new(11);
        for (int i = 0; i < 2000; i++)
        {
            long address = random.NextInt64(1 << 17) & ~31L;
            int beats = 1 + random.Next(2);
            address &= ~((32L * beats) - 1);
            yield return new MasterBurst(address, beats, 0, random.Next(2) == 0 ? null : new Hardware.Axi.Beat256[beats]);
        }
    }
}
