using BcnnSim.Hardware.Axi;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// A port and a pseudo-channel of one mini-switch that reach nothing but each other: nothing contends with them, so their crossing of the
/// switch is a register stage of two beats in each AXI channel. The controller moves it, edge by edge as the switch would (a test
/// compares them); a component and a channel less to run each way.
/// </summary>
internal static class StraightWay
{
    /// <summary>Beats of the stage: those of the channel between switch and controller.</summary>
    public const int Depth = 2;

    /// <summary>Port of each pseudo-channel whose way is straight.</summary>
    public static Dictionary<int, int> Of(IEnumerable<(int Port, int PseudoChannel)> routes)
    {
        (int Port, int PseudoChannel)[] each = [.. routes.Distinct()];
        ILookup<int, int> targets = each.ToLookup(r => r.Port, r => r.PseudoChannel), sources = each.ToLookup(r => r.PseudoChannel, r => r.Port);
        return each.Where(r => targets[r.Port].Count() == 1 && sources[r.PseudoChannel].Count() == 1 && r.Port / SwitchPlace.Width == r.PseudoChannel / SwitchPlace.Width)
            .ToDictionary(r => r.PseudoChannel, r => r.Port);
    }
}
