using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Refresh computed from the clock when somebody asks: an idle pseudo-channel has no event. Pseudo-channel p is first due at
/// tREFI (p + 1) / 32, or that share of tREFI / 16 where banks take turns, and nothing is postponed; open banks are closed before.
/// Commands issue on the controller's grid of two clocks.
/// </summary>
internal sealed class RefreshSchedule
{
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
        while (Due <= clock)
        {
            closed |= mode == RefreshMode.AllBank ? All(dram) : One(dram);
            Due += interval;
            statistics.Refreshes++;
        }

        return closed;
    }

    private int All(PseudoChannel dram)
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

        dram.Issue(DramCommand.Refresh, -1, -1, Grid(Math.Max(Due, dram.Earliest(DramCommand.Refresh, -1))));
        return 0xFFFF;
    }

    private int One(PseudoChannel dram)
    {
        int bank = nextBank;
        nextBank = (nextBank + 1) % PseudoChannel.Banks;
        if (dram.OpenRow(bank) >= 0)
        {
            dram.Issue(DramCommand.Precharge, bank, -1, Grid(Math.Max(Due, dram.Earliest(DramCommand.Precharge, bank))));
        }

        dram.Issue(DramCommand.RefreshBank, bank, -1, Grid(Math.Max(Due, dram.Earliest(DramCommand.RefreshBank, bank))));
        return 1 << bank;
    }

    private static long Grid(long clock) => clock + (clock & 1);
}
