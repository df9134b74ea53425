using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// The rules between commands of a pseudo-channel as rows, derived from the numbers of <see cref="HbmTiming"/> (their sources stand
/// there). Which pairs are bound follows JESD235; refresh of one bank counts as an activate for tRRD.
/// </summary>
public static class TimingTable
{
    /// <summary>All rows of a set.</summary>
    public static IReadOnlyList<TimingRow> Of(HbmTiming t) =>
    [
        new("tRC", DramCommand.Activate, DramCommand.Activate, TimingScope.Bank, t.TRc),
        new("tRAS", DramCommand.Activate, DramCommand.Precharge, TimingScope.Bank, t.TRas),
        new("tRCDRD", DramCommand.Activate, DramCommand.Read, TimingScope.Bank, t.TRcdRd),
        new("tRCDWR", DramCommand.Activate, DramCommand.Write, TimingScope.Bank, t.TRcdWr),
        new("tRRD_S", DramCommand.Activate, DramCommand.Activate, TimingScope.PseudoChannel, t.TRrdS),
        new("tRRD_L", DramCommand.Activate, DramCommand.Activate, TimingScope.Group, t.TRrdL),
        new("tFAW", DramCommand.Activate, DramCommand.Activate, TimingScope.FourActivates, t.TFaw),
        new("tRP", DramCommand.Precharge, DramCommand.Activate, TimingScope.Bank, t.TRp),
        new("tRTP", DramCommand.Read, DramCommand.Precharge, TimingScope.Bank, t.TRtp),
        new("CWL + burst + tWR", DramCommand.Write, DramCommand.Precharge, TimingScope.Bank, WriteEnd(t) + t.TWr),
        new("tCCD_S", DramCommand.Read, DramCommand.Read, TimingScope.PseudoChannel, t.TCcdS),
        new("tCCD_L", DramCommand.Read, DramCommand.Read, TimingScope.Group, t.TCcdL),
        new("tCCD_S", DramCommand.Write, DramCommand.Write, TimingScope.PseudoChannel, t.TCcdS),
        new("tCCD_L", DramCommand.Write, DramCommand.Write, TimingScope.Group, t.TCcdL),

        // The bus turns: read data must be out before write data starts (hbm.md section 3).
        new("CL + burst + 2 - CWL", DramCommand.Read, DramCommand.Write, TimingScope.PseudoChannel, Math.Max(t.Cl + t.BurstClocks + 2 - t.Cwl, t.TCcdS)),
        new("tCCD_L", DramCommand.Read, DramCommand.Write, TimingScope.Group, t.TCcdL),
        new("CWL + burst + tWTR_S", DramCommand.Write, DramCommand.Read, TimingScope.PseudoChannel, Math.Max(WriteEnd(t) + t.TWtrS, t.TCcdS)),
        new("CWL + burst + tWTR_L", DramCommand.Write, DramCommand.Read, TimingScope.Group, Math.Max(WriteEnd(t) + t.TWtrL, t.TCcdL)),
        new("tRC", DramCommand.Activate, DramCommand.Refresh, TimingScope.Bank, t.TRc),
        new("tRP", DramCommand.Precharge, DramCommand.Refresh, TimingScope.Bank, t.TRp),
        new("tRFC", DramCommand.Refresh, DramCommand.Activate, TimingScope.PseudoChannel, t.TRfc),
        new("tRFC", DramCommand.Refresh, DramCommand.Refresh, TimingScope.PseudoChannel, t.TRfc),
        new("tRC", DramCommand.Activate, DramCommand.RefreshBank, TimingScope.Bank, t.TRc),
        new("tRRD_S", DramCommand.Activate, DramCommand.RefreshBank, TimingScope.PseudoChannel, t.TRrdS),
        new("tRRD_L", DramCommand.Activate, DramCommand.RefreshBank, TimingScope.Group, t.TRrdL),
        new("tRP", DramCommand.Precharge, DramCommand.RefreshBank, TimingScope.Bank, t.TRp),
        new("tRFC", DramCommand.Refresh, DramCommand.RefreshBank, TimingScope.PseudoChannel, t.TRfc),
        new("tRFCSB", DramCommand.RefreshBank, DramCommand.Refresh, TimingScope.Bank, t.TRfcSb),
        new("tRFCSB", DramCommand.RefreshBank, DramCommand.Activate, TimingScope.Bank, t.TRfcSb),
        new("tRFCSB", DramCommand.RefreshBank, DramCommand.RefreshBank, TimingScope.Bank, t.TRfcSb),
        new("tRREFD", DramCommand.RefreshBank, DramCommand.Activate, TimingScope.PseudoChannel, t.TRrefd),
        new("tRREFD", DramCommand.RefreshBank, DramCommand.RefreshBank, TimingScope.PseudoChannel, t.TRrefd),
    ];

    /// <summary>Clocks from a write command to the clock after its last data.</summary>
    public static int WriteEnd(HbmTiming t) => t.Cwl + t.BurstClocks;

    /// <summary>Clocks from a read command to the clock after its last data.</summary>
    public static int ReadEnd(HbmTiming t) => t.Cl + t.BurstClocks;
}
