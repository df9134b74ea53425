using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>Commands and queries by name, as tests write them.</summary>
internal static class PseudoChannelCommands
{
    public static void Activate(this PseudoChannel dram, int bank, int row, long clock) => dram.Issue(DramCommand.Activate, bank, row, clock);

    public static void Precharge(this PseudoChannel dram, int bank, long clock) => dram.Issue(DramCommand.Precharge, bank, -1, clock);

    /// <summary>Returns the clock after the last data.</summary>
    public static long Read(this PseudoChannel dram, int bank, long clock)
    {
        dram.Issue(DramCommand.Read, bank, -1, clock);
        return dram.ReadEnd(clock);
    }

    /// <summary>Returns the clock after the last data.</summary>
    public static long Write(this PseudoChannel dram, int bank, long clock)
    {
        dram.Issue(DramCommand.Write, bank, -1, clock);
        return dram.WriteEnd(clock);
    }

    public static void RefreshBank(this PseudoChannel dram, int bank, long clock) => dram.Issue(DramCommand.RefreshBank, bank, -1, clock);

    /// <summary>Closes every open bank together and refreshes, as early as is legal; returns the clock of the next activate.</summary>
    public static long Refresh(this PseudoChannel dram, long due)
    {
        int[] open = [.. Enumerable.Range(0, PseudoChannel.Banks).Where(bank => dram.OpenRow(bank) >= 0)];
        long close = open.Select(bank => dram.Earliest(DramCommand.Precharge, bank)).Append(due).Max();
        foreach (int bank in open)
        {
            dram.Precharge(bank, close);
        }

        long start = Math.Max(due, dram.Earliest(DramCommand.Refresh, -1));
        dram.Issue(DramCommand.Refresh, -1, -1, start);
        return dram.Earliest(DramCommand.Activate, 0);
    }
}
