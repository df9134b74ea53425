using System.Globalization;

namespace BcnnSim.Trainer.Training;

/// <summary>A time as hours:minutes:seconds, days as hours.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time:mm\\:ss}");
}
