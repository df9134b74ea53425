using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// DRAM state of one pseudo-channel: pure queries of the earliest legal clock of a command, and mutators that throw on an illegal one.
/// All times in DRAM clocks. 16 banks = 4 groups x 4.
/// </summary>
public sealed class PseudoChannel
{
    private const long Never = long.MinValue / 4;
    private readonly HbmTiming t;
    private readonly int[] openRow = new int[16];
    private readonly long[] lastActivate = new long[16];
    private readonly long[] earliestActivate = new long[16];
    private readonly long[] earliestPrecharge = new long[16];
    private readonly long[] groupActivate = new long[4];
    private readonly long[] groupColumn = new long[4];
    private readonly long[] groupWriteEnd = new long[4];
    private readonly long[] lastFour = new long[4];
    private int nextOfFour;
    private long anyActivate = Never;
    private long anyColumn = Never;
    private long lastRead = Never;
    private long writeEnd = Never;

    public PseudoChannel(HbmTiming timing)
    {
        t = timing;
        Array.Fill(openRow, -1);
        Array.Fill(lastActivate, Never);
        Array.Fill(earliestActivate, Never);
        Array.Fill(earliestPrecharge, Never);
        Array.Fill(groupActivate, Never);
        Array.Fill(groupColumn, Never);
        Array.Fill(groupWriteEnd, Never);
        Array.Fill(lastFour, Never);
    }

    /// <summary>Told of every command; null if nobody listens.</summary>
    public IDramCommandObserver? Observer { get; set; }

    /// <summary>Row open in a bank, or -1.</summary>
    public int OpenRow(int bank) => openRow[bank];

    public long EarliestActivate(int bank) => Math.Max(
        Math.Max(earliestActivate[bank], anyActivate + t.TRrdS),
        Math.Max(groupActivate[bank & 3] + t.TRrdL, lastFour[nextOfFour] + t.TFaw));

    public long EarliestPrecharge(int bank) => earliestPrecharge[bank];

    public long EarliestRead(int bank)
    {
        int group = bank & 3;
        long column = Math.Max(anyColumn + t.TCcdS, groupColumn[group] + t.TCcdL);
        long turn = Math.Max(writeEnd + t.TWtrS, groupWriteEnd[group] + t.TWtrL);
        return Math.Max(Math.Max(column, turn), lastActivate[bank] + t.TRcdRd);
    }

    public long EarliestWrite(int bank)
    {
        int group = bank & 3;
        long column = Math.Max(anyColumn + t.TCcdS, groupColumn[group] + t.TCcdL);

        // The bus turns: read data must be out before write data starts (hbm.md section 3: CL + 2 + 2 - CWL).
        long turn = lastRead + t.Cl + t.BurstClocks + 2 - t.Cwl;
        return Math.Max(Math.Max(column, turn), lastActivate[bank] + t.TRcdWr);
    }

    public void Activate(int bank, int row, long clock)
    {
        Check(openRow[bank] < 0 && clock >= EarliestActivate(bank), "activate", bank, clock);
        Observer?.OnCommand(DramCommand.Activate, bank, row, clock);
        openRow[bank] = row;
        lastActivate[bank] = clock;
        anyActivate = clock;
        groupActivate[bank & 3] = clock;
        lastFour[nextOfFour] = clock;
        nextOfFour = (nextOfFour + 1) & 3;
        earliestActivate[bank] = clock + t.TRc;
        earliestPrecharge[bank] = clock + t.TRas;
    }

    public void Precharge(int bank, long clock)
    {
        Check(openRow[bank] >= 0 && clock >= earliestPrecharge[bank], "precharge", bank, clock);
        Observer?.OnCommand(DramCommand.Precharge, bank, -1, clock);
        openRow[bank] = -1;
        earliestActivate[bank] = Math.Max(earliestActivate[bank], clock + t.TRp);
    }

    /// <summary>Reads one burst; returns the clock after its last data.</summary>
    public long Read(int bank, long clock)
    {
        Check(openRow[bank] >= 0 && clock >= EarliestRead(bank), "read", bank, clock);
        Observer?.OnCommand(DramCommand.Read, bank, -1, clock);
        anyColumn = clock;
        groupColumn[bank & 3] = clock;
        lastRead = clock;
        earliestPrecharge[bank] = Math.Max(earliestPrecharge[bank], clock + t.TRtp);
        return clock + t.Cl + t.BurstClocks;
    }

    /// <summary>Writes one burst; returns the clock after its last data.</summary>
    public long Write(int bank, long clock)
    {
        Check(openRow[bank] >= 0 && clock >= EarliestWrite(bank), "write", bank, clock);
        Observer?.OnCommand(DramCommand.Write, bank, -1, clock);
        long end = clock + t.Cwl + t.BurstClocks;
        anyColumn = clock;
        groupColumn[bank & 3] = clock;
        writeEnd = end;
        groupWriteEnd[bank & 3] = end;
        earliestPrecharge[bank] = Math.Max(earliestPrecharge[bank], end + t.TWr);
        return end;
    }

    /// <summary>Precharge-all and all-bank refresh, due at <paramref name="due"/>; returns the clock at which banks may be activated.</summary>
    public long Refresh(long due)
    {
        long prechargeAll = PrechargeAllClock(due);
        long start = due;
        for (int bank = 0; bank < 16; bank++)
        {
            if (openRow[bank] >= 0)
            {
                start = Math.Max(start, prechargeAll + t.TRp);
                openRow[bank] = -1;
                Observer?.OnCommand(DramCommand.Precharge, bank, -1, prechargeAll);
            }
            else
            {
                // A bank closed shortly before must have finished its precharge: earliestActivate covers tRP and tRC.
                start = Math.Max(start, earliestActivate[bank]);
            }
        }

        Observer?.OnCommand(DramCommand.Refresh, -1, -1, start);
        long end = start + t.TRfc;
        Array.Fill(earliestActivate, end);
        return end;
    }

    /// <summary>Clock at which every open bank may be closed.</summary>
    private long PrechargeAllClock(long due)
    {
        long clock = due;
        for (int bank = 0; bank < 16; bank++)
        {
            clock = openRow[bank] >= 0 ? Math.Max(clock, earliestPrecharge[bank]) : clock;
        }

        return clock;
    }

    private static void Check(bool legal, string command, int bank, long clock)
    {
        if (!legal)
        {
            throw new Kernel.ModelException($"illegal {command} of bank {bank} at DRAM clock {clock}");
        }
    }
}
