using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>
/// Judges a log of DRAM commands against the timing set. It shares no code with the model: instead of carrying earliest clocks along
/// it looks back from every command at the whole log before it, pair by pair.
/// </summary>
internal sealed class CommandLogChecker(HbmTiming t)
{
    private const int LookBack = 400;
    private readonly List<(DramCommand Command, int Bank, int Row, long Clock)> past = [];
    private readonly List<string> violations = [];

    /// <summary>Violations in words, with both commands and their distance.</summary>
    public static List<string> Check(HbmTiming timing, IEnumerable<(DramCommand Command, int Bank, int Row, long Clock)> log)
    {
        CommandLogChecker checker = new(timing);

        // Precharge-all and refresh are told when computed: order by clock, as an analyser on the bus would see them.
        foreach ((DramCommand Command, int Bank, int Row, long Clock) command in log.OrderBy(c => c.Clock))
        {
            checker.State(command);
            checker.Pairs(command);
            checker.FourActivates(command);
            checker.past.Add(command);
        }

        return checker.violations;
    }

    /// <summary>Two commands of one kind of bus never share a clock, and a bank is open exactly between activate and precharge.</summary>
    private void State((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        foreach (int bank in now.Bank < 0 ? Enumerable.Range(0, 16) : [now.Bank])
        {
            int last = past.FindLastIndex(c => (c.Bank == bank && c.Command is DramCommand.Activate or DramCommand.Precharge) || c.Command == DramCommand.Refresh);
            bool open = last >= 0 && past[last].Command == DramCommand.Activate;
            if (open == (now.Command is DramCommand.Activate or DramCommand.Refresh))
            {
                violations.Add($"{now.Command} at {now.Clock}: bank {bank} is {(open ? "open" : "closed")}");
            }
        }
    }

    private void Pairs((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        for (int i = past.Count - 1; i >= 0 && past[i].Clock > now.Clock - LookBack; i--)
        {
            (DramCommand Command, int Bank, int Row, long Clock) then = past[i];
            bool bank = then.Bank == now.Bank || then.Bank < 0 || now.Bank < 0;
            bool group = (then.Bank & 3) == (now.Bank & 3);
            foreach ((int clocks, string rule) in Distances(then.Command, now.Command, bank, group))
            {
                if (now.Clock - then.Clock < clocks)
                {
                    violations.Add($"{rule} = {clocks}: {then.Command} {then.Bank} at {then.Clock}, {now.Command} {now.Bank} at {now.Clock}");
                }
            }
        }
    }

    private IEnumerable<(int Clocks, string Rule)> Distances(DramCommand then, DramCommand now, bool bank, bool group) => (then, now) switch
    {
        (DramCommand.Activate, DramCommand.Activate) => bank
            ? [(t.TRc, "tRC"), (t.TRrdL, "tRRD_L")]
            : [(group ? t.TRrdL : t.TRrdS, group ? "tRRD_L" : "tRRD_S")],
        (DramCommand.Activate, DramCommand.Precharge) when bank => [(t.TRas, "tRAS")],
        (DramCommand.Activate, DramCommand.Read) when bank => [(t.TRcdRd, "tRCDRD")],
        (DramCommand.Activate, DramCommand.Write) when bank => [(t.TRcdWr, "tRCDWR")],
        (DramCommand.Precharge, DramCommand.Activate or DramCommand.Refresh) when bank => [(t.TRp, "tRP")],
        (DramCommand.Read, DramCommand.Precharge) when bank => [(t.TRtp, "tRTP")],
        (DramCommand.Write, DramCommand.Precharge) when bank => [(t.Cwl + t.BurstClocks + t.TWr, "write recovery")],
        (DramCommand.Read or DramCommand.Write, DramCommand.Read or DramCommand.Write) when then == now =>
            [(group ? t.TCcdL : t.TCcdS, group ? "tCCD_L" : "tCCD_S"), (t.BurstClocks, "data bus")],
        (DramCommand.Write, DramCommand.Read) => [(t.Cwl + t.BurstClocks + (group ? t.TWtrL : t.TWtrS), group ? "tWTR_L" : "tWTR_S")],
        (DramCommand.Read, DramCommand.Write) => [(t.Cl + t.BurstClocks + 2 - t.Cwl, "read to write"), (group ? t.TCcdL : t.TCcdS, "tCCD")],
        (DramCommand.Refresh, not DramCommand.Refresh) => [(t.TRfc, "tRFC")],
        (DramCommand.Refresh, DramCommand.Refresh) => [(t.TRfc, "tRFC")],
        _ => [],
    };

    private void FourActivates((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        if (now.Command != DramCommand.Activate)
        {
            return;
        }

        List<long> activates = [.. past.TakeLast(LookBack).Where(c => c.Command == DramCommand.Activate).Select(c => c.Clock).TakeLast(4)];
        if (activates.Count == 4 && now.Clock - activates[0] < t.TFaw)
        {
            violations.Add($"tFAW = {t.TFaw}: fifth activate at {now.Clock} after {activates[0]}");
        }
    }
}
