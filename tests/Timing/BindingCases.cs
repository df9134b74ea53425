using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>Every row of the timing table that delays a command. Banks 0 and 4 share a group, 0 and 1 do not.</summary>
internal static class BindingCases
{
    /// <summary>A set in which every row is one clock: whatever is raised above it binds alone.</summary>
    public static HbmTiming Free { get; } = new()
    {
        TRc = 1, TRas = 1, TRp = 1, TRcdRd = 1, TRcdWr = 1, TRrdS = 1, TRrdL = 1, TFaw = 1, TWr = 1, TRtp = 1,
        TWtrS = 1, TWtrL = 1, TRefi = 1000, TRfc = 1, TRfcSb = 1, TRrefd = 1, TCcdS = 1, TCcdL = 1, BurstClocks = 1, Cl = 1, Cwl = 1,
    };

    /// <summary>CWL + burst of <see cref="Free"/>: from a write command to the clock after its last data.</summary>
    private const int WriteEnd = 2;

    public static IReadOnlyList<BindingCase> All { get; } =
    [
        new("TRc", (t, n) => t with { TRc = n }, d => After(0, () => { Open(d, 0, 0); d.Precharge(0, 1); }), (d, c) => d.Activate(0, 2, c)),
        new("TRas", (t, n) => t with { TRas = n }, d => After(0, () => Open(d, 0, 0)), (d, c) => d.Precharge(0, c)),
        new("TRp", (t, n) => t with { TRp = n }, d => After(1, () => { Open(d, 0, 0); d.Precharge(0, 1); }), (d, c) => d.Activate(0, 2, c)),
        new("TRcdRd", (t, n) => t with { TRcdRd = n }, d => After(0, () => Open(d, 0, 0)), (d, c) => d.Read(0, c)),
        new("TRcdWr", (t, n) => t with { TRcdWr = n }, d => After(0, () => Open(d, 0, 0)), (d, c) => d.Write(0, c)),
        new("TRrdS", (t, n) => t with { TRrdS = n }, d => After(0, () => Open(d, 0, 0)), (d, c) => d.Activate(1, 2, c)),
        new("TRrdL", (t, n) => t with { TRrdL = n }, d => After(0, () => Open(d, 0, 0)), (d, c) => d.Activate(4, 2, c)),
        new("TFaw", (t, n) => t with { TFaw = n }, d => After(0, () => { Open(d, 0, 0); Open(d, 1, 1); Open(d, 2, 2); Open(d, 3, 3); }), (d, c) => d.Activate(4, 2, c)),
        new("TWr", (t, n) => t with { TWr = n }, d => After(1 + WriteEnd, () => { Open(d, 0, 0); d.Write(0, 1); }), (d, c) => d.Precharge(0, c)),
        new("TRtp", (t, n) => t with { TRtp = n }, d => After(1, () => { Open(d, 0, 0); d.Read(0, 1); }), (d, c) => d.Precharge(0, c)),
        new("TWtrS", (t, n) => t with { TWtrS = n }, d => After(2 + WriteEnd, () => { Open(d, 0, 0); Open(d, 1, 1); d.Write(0, 2); }), (d, c) => d.Read(1, c)),
        new("TWtrL", (t, n) => t with { TWtrL = n }, d => After(2 + WriteEnd, () => { Open(d, 0, 0); Open(d, 4, 1); d.Write(0, 2); }), (d, c) => d.Read(4, c)),
        new("TCcdS", (t, n) => t with { TCcdS = n }, d => After(2, () => { Open(d, 0, 0); Open(d, 1, 1); d.Read(0, 2); }), (d, c) => d.Read(1, c)),
        new("TCcdL", (t, n) => t with { TCcdL = n }, d => After(2, () => { Open(d, 0, 0); Open(d, 4, 1); d.Read(0, 2); }), (d, c) => d.Read(4, c)),
        new("BurstClocks", (t, n) => t with { BurstClocks = n }, d => After(3, () => { Open(d, 0, 0); d.Write(0, 1); }), (d, c) => d.Precharge(0, c)),
        new("Cwl", (t, n) => t with { Cwl = n }, d => After(3, () => { Open(d, 0, 0); d.Write(0, 1); }), (d, c) => d.Precharge(0, c)),
        new("Cl", (t, n) => t with { Cl = n }, d => After(3, () => { Open(d, 0, 0); d.Read(0, 1); }), (d, c) => d.Write(0, c)),
        new("TRfc", (t, n) => t with { TRfc = n }, d => After(7, () => d.Refresh(7)), (d, c) => d.Activate(0, 2, c)),
        new("TRfcSb", (t, n) => t with { TRfcSb = n }, d => After(7, () => d.RefreshBank(0, 7)), (d, c) => d.Activate(0, 2, c)),
        new("TRrefd", (t, n) => t with { TRrefd = n }, d => After(7, () => d.RefreshBank(0, 7)), (d, c) => d.RefreshBank(1, c)),
    ];

    /// <summary>The U280 set of the committed reference design.</summary>
    public static HbmTiming U280 => Harness.Designs.Reference().Hbm.Timing;

    private static void Open(PseudoChannel dram, int bank, long clock) => dram.Activate(bank, 1, clock);

    private static long After(long clock, Action commands)
    {
        commands();
        return clock;
    }
}
