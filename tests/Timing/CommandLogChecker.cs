using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>
/// Judges DRAM commands against the timing set. It shares no code with the model: instead of carrying earliest clocks along it looks back
/// from every command at those before it, pair by pair. It takes commands one by one, in constant memory, and sorts them by clock as an
/// analyser on the bus would see them, since the commands of a refresh are told when they are computed.
/// </summary>
internal sealed class CommandLogChecker(HbmTiming t) : IDramCommandObserver
{
    /// <summary>Clocks after which a command binds no other: longer than every row but tREFI, and than a refresh lies ahead.</summary>
    private readonly int lookBack = new[] { t.TRfc, t.TRfcSb, t.TRc, t.TFaw, t.Cl + t.BurstClocks + 2, t.Cwl + t.BurstClocks + t.TWr + t.TWtrL }.Max() + 1;
    private readonly PriorityQueue<(DramCommand Command, int Bank, int Row, long Clock), (long Clock, long Order)> ahead = new();
    private readonly List<(DramCommand Command, int Bank, int Row, long Clock)> past = [];
    private readonly bool[] open = new bool[16];
    private readonly List<string> violations = [];
    private readonly Queue<long> activates = new();
    private long latest;

    /// <summary>Commands judged or waiting to be.</summary>
    public long Commands { get; private set; }

    /// <summary>Violations in words, with both commands and their distance.</summary>
    public static List<string> Check(HbmTiming timing, IEnumerable<(DramCommand Command, int Bank, int Row, long Clock)> log)
    {
        CommandLogChecker checker = new(timing);
        foreach ((DramCommand command, int bank, int row, long clock) in log)
        {
            checker.OnCommand(command, bank, row, clock);
        }

        return checker.Finish();
    }

    public void OnCommand(DramCommand command, int bank, int row, long clock)
    {
        ahead.Enqueue((command, bank, row, clock), (clock, Commands++));
        latest = Math.Max(latest, clock);
        while (ahead.Count > 0 && ahead.Peek().Clock < latest - (4 * lookBack))
        {
            Judge(ahead.Dequeue());
        }
    }

    /// <summary>Judges what is left; all violations.</summary>
    public List<string> Finish()
    {
        while (ahead.Count > 0)
        {
            Judge(ahead.Dequeue());
        }

        return violations;
    }

    private void Judge((DramCommand Command, int Bank, int Row, long Clock) command)
    {
        State(command);
        int old = past.FindIndex(c => c.Clock > command.Clock - lookBack);
        past.RemoveRange(0, old < 0 ? past.Count : old > 64 ? old : 0);
        Pairs(command);
        FourActivates(command);
        past.Add(command);
    }

    /// <summary>A bank is open exactly between activate and precharge.</summary>
    private void State((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        for (int bank = Math.Max(0, now.Bank); bank < (now.Bank < 0 ? 16 : now.Bank + 1); bank++)
        {
            if (open[bank] == (now.Command is DramCommand.Activate or DramCommand.Refresh or DramCommand.RefreshBank))
            {
                violations.Add($"{now.Command} at {now.Clock}: bank {bank} is {(open[bank] ? "open" : "closed")}");
            }

            open[bank] = now.Command == DramCommand.Activate || (open[bank] && now.Command != DramCommand.Precharge);
        }
    }

    private void Pairs((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        for (int i = past.Count - 1; i >= 0 && past[i].Clock > now.Clock - lookBack; i--)
        {
            (DramCommand Command, int Bank, int Row, long Clock) then = past[i];
            bool bank = then.Bank == now.Bank || then.Bank < 0 || now.Bank < 0;
            bool group = (then.Bank & 3) == (now.Bank & 3);
            (int clocks, string rule) = Distance(then.Command, now.Command, bank, group);
            if (now.Clock - then.Clock < clocks)
            {
                violations.Add($"{rule} = {clocks}: {then.Command} {then.Bank} at {then.Clock}, {now.Command} {now.Bank} at {now.Clock}");
            }
        }
    }

    /// <summary>The longest distance the standard asks for between two commands.</summary>
    private (int Clocks, string Rule) Distance(DramCommand then, DramCommand now, bool bank, bool group) => (then, now) switch
    {
        (DramCommand.Activate, DramCommand.Activate) => bank ? (Math.Max(t.TRc, t.TRrdL), "tRC") : group ? (t.TRrdL, "tRRD_L") : (t.TRrdS, "tRRD_S"),
        (DramCommand.Activate, DramCommand.Precharge) when bank => (t.TRas, "tRAS"),
        (DramCommand.Activate, DramCommand.Read) when bank => (t.TRcdRd, "tRCDRD"),
        (DramCommand.Activate, DramCommand.Write) when bank => (t.TRcdWr, "tRCDWR"),
        (DramCommand.Activate, DramCommand.RefreshBank) => bank ? (Math.Max(t.TRc, t.TRrdL), "tRC") : group ? (t.TRrdL, "tRRD_L") : (t.TRrdS, "tRRD_S"),
        (DramCommand.Activate, DramCommand.Refresh) => (t.TRc, "tRC"),
        (DramCommand.Precharge, DramCommand.Activate or DramCommand.Refresh or DramCommand.RefreshBank) when bank => (t.TRp, "tRP"),
        (DramCommand.Read, DramCommand.Precharge) when bank => (t.TRtp, "tRTP"),
        (DramCommand.Write, DramCommand.Precharge) when bank => (t.Cwl + t.BurstClocks + t.TWr, "write recovery"),
        (DramCommand.Read or DramCommand.Write, DramCommand.Read or DramCommand.Write) when then == now => Column(group),
        (DramCommand.Write, DramCommand.Read) => (t.Cwl + t.BurstClocks + (group ? t.TWtrL : t.TWtrS), group ? "tWTR_L" : "tWTR_S"),
        (DramCommand.Read, DramCommand.Write) => (Math.Max(t.Cl + t.BurstClocks + 2 - t.Cwl, group ? t.TCcdL : t.TCcdS), "read to write"),
        (DramCommand.Refresh, _) => (t.TRfc, "tRFC"),
        (DramCommand.RefreshBank, DramCommand.Refresh) => (t.TRfcSb, "tRFCSB"),
        (DramCommand.RefreshBank, DramCommand.Activate or DramCommand.RefreshBank) => bank ? (t.TRfcSb, "tRFCSB") : (t.TRrefd, "tRREFD"),
        _ => (0, ""),
    };

    private (int Clocks, string Rule) Column(bool group) => (Math.Max(group ? t.TCcdL : t.TCcdS, t.BurstClocks), group ? "tCCD_L" : "tCCD_S");

    private void FourActivates((DramCommand Command, int Bank, int Row, long Clock) now)
    {
        if (now.Command != DramCommand.Activate)
        {
            return;
        }

        if (activates.Count == 4 && now.Clock - activates.Dequeue() < t.TFaw)
        {
            violations.Add($"tFAW = {t.TFaw}: fifth activate at {now.Clock}");
        }

        activates.Enqueue(now.Clock);
    }
}
