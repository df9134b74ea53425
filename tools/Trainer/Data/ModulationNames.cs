namespace BcnnSim.Trainer.Data;

/// <summary>Printed names of the modulations and their three families.</summary>
public static class ModulationNames
{
    private static readonly string[] Names =
        ["BPSK", "QPSK", "8PSK", "PAM4", "16QAM", "64QAM", "GFSK", "CPFSK", "AM-DSB", "AM-SSB", "FM"];

    /// <summary>All eleven, in label order.</summary>
    public static IReadOnlyList<Modulation> All { get; } = Enum.GetValues<Modulation>();

    /// <summary>The usual name, for example "16QAM".</summary>
    public static string Of(Modulation modulation) => Names[(int)modulation];

    /// <summary>Symbols times a pulse: PSK, PAM, QAM.</summary>
    public static bool IsLinear(Modulation modulation) => modulation <= Modulation.Qam64;

    /// <summary>Carries a message instead of symbols, so Es/N0 has no meaning.</summary>
    public static bool IsAnalog(Modulation modulation) => modulation >= Modulation.AmDsb;
}
