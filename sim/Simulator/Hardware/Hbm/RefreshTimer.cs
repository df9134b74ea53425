using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// All-bank refresh computed from the clock when somebody asks: an idle pseudo-channel has no event. The refresh of pseudo-channel p is
/// first due at tREFI (p + 1) / 32 and never postponed.
/// </summary>
internal sealed class RefreshTimer(HbmDesign design, int pseudoChannel)
{
    private readonly int interval = design.Timing.TRefi;
    private long due = design.Refresh ? (long)design.Timing.TRefi * (pseudoChannel + 1) / 32 : long.MaxValue;
    private long blockedUntil;

    /// <summary>Performs the refreshes due up to <paramref name="clock"/>; returns the clock from which commands may issue.</summary>
    public long Advance(long clock, PseudoChannel dram, HbmStatistics statistics)
    {
        while (due <= clock)
        {
            blockedUntil = dram.Refresh(due);
            due += interval;
            statistics.Refreshes++;
        }

        return blockedUntil;
    }
}
