using System.Globalization;

namespace BcnnSim.Cli;

/// <summary>Figures as people read them: thousands separated, units attached, always invariant.</summary>
internal static class Figure
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(double value, int decimals = 1) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => Count(bytes) + " B",
        < 1 << 20 => Number(bytes / 1024.0) + " KiB",
        _ => Number(bytes / 1048576.0) + " MiB",
    };

    /// <summary>10^9 bytes per second.</summary>
    public static string Gigabytes(double bytesPerSecond) => Number(bytesPerSecond / 1e9, 3) + " GB/s";
}
