using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Refresh computed from the clock when somebody asks: an idle pseudo-channel has no event. Pseudo-channel p is first due at
/// tREFI (p + 1) / 32, or that share of tREFI / 16 where banks take turns, and nothing is postponed; open banks are closed before.
/// Commands issue on the controller's grid of two clocks.
/// </summary>
internal sealed class RefreshSchedule
{
    // Two rounds of all banks: from then on the next round finds the same state, only later.
    private const int Settled = 2 * PseudoChannel.Banks;

    private readonly RefreshMode mode;
    private readonly int interval;
    private int nextBank;

    public RefreshSchedule(HbmDesign design, int pseudoChannel)
    {
        mode = design.Refresh;
        interval = mode == RefreshMode.SingleBank ? Math.Max(1, design.Timing.TRefi / PseudoChannel.Banks) : design.Timing.TRefi;
        Due = mode == RefreshMode.Off ? long.MaxValue : (long)interval * (pseudoChannel + 1) / 32;
    }

    /// <summary>Clock of the next refresh; long.MaxValue of none.</summary>
    public long Due { get; private set; }

    /// <summary>Performs the refreshes due up to <paramref name="clock"/>; the banks they close, as a mask.</summary>
    public int Advance(long clock, PseudoChannel dram, HbmStatistics statistics)
    {
        int closed = 0;
        int punctual = 0;
        while (Due <= clock)
        {
            (int banks, long issued) = mode == RefreshMode.AllBank ? All(dram) : One(dram);
            closed |= banks;
            punctual = issued == Grid(Due) ? punctual + 1 : 0;
            Due += interval;
            statistics.Refreshes++;
            if (punctual == Settled && dram.Observer is null)
            {
                SkipRounds(clock, statistics);
            }
        }

        return closed;
    }

    /// <summary>
    /// Long idle time at once, but for its last round: with all banks closed and nothing late, rounds differ in nothing but their time. A round
    /// is an even number of refreshes, so the grid of two clocks falls alike.
    /// </summary>
    private void SkipRounds(long clock, HbmStatistics statistics)
    {
        long rounds = (clock - Due) / interval / PseudoChannel.Banks;
        long refreshes = Math.Max(0, rounds - 1) * PseudoChannel.Banks;
        Due += refreshes * interval;
        statistics.Refreshes += refreshes;
    }

    private (int Closed, long Issued) All(PseudoChannel dram)
    {
        long precharge = Due;
        for (int bank = 0; bank < PseudoChannel.Banks; bank++)
        {
            precharge = dram.OpenRow(bank) < 0 ? precharge : Math.Max(precharge, dram.Earliest(DramCommand.Precharge, bank));
        }

        for (int bank = 0; bank < PseudoChannel.Banks; bank++)
        {
            if (dram.OpenRow(bank) >= 0)
            {
                dram.Issue(DramCommand.Precharge, bank, -1, Grid(precharge));
            }
        }

        long issued = Grid(Math.Max(Due, dram.Earliest(DramCommand.Refresh, -1)));
        dram.Issue(DramCommand.Refresh, -1, -1, issued);
        return (0xFFFF, issued);
    }

    private (int Closed, long Issued) One(PseudoChannel dram)
    {
        int bank = nextBank;
        nextBank = (nextBank + 1) % PseudoChannel.Banks;
        if (dram.OpenRow(bank) >= 0)
        {
            dram.Issue(DramCommand.Precharge, bank, -1, Grid(Math.Max(Due, dram.Earliest(DramCommand.Precharge, bank))));
        }

        long issued = Grid(Math.Max(Due, dram.Earliest(DramCommand.RefreshBank, bank)));
        dram.Issue(DramCommand.RefreshBank, bank, -1, issued);
        return (1 << bank, issued);
    }

    private static long Grid(long clock) => clock + (clock & 1);
}
