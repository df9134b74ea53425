using System.Numerics;

namespace BcnnSim.Kernel;

/// <summary>
/// Exact integer time: one tick is one period of the least common multiple of all clocks. Clocks are whole kilohertz, so no
/// period is ever rounded.
/// </summary>
public sealed class TimeBase
{
    /// <summary>Above this many ticks per second a run of hours would leave the 63-bit range.</summary>
    public const long MaxTicksPerSecond = 1_000_000_000_000;

    public TimeBase(params ReadOnlySpan<long> clocksKilohertz)
    {
        BigInteger lcm = 1;
        foreach (long clock in clocksKilohertz)
        {
            if (clock < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(clocksKilohertz), clock, "a clock is a whole number of kilohertz, at least 1");
            }

            lcm = lcm * clock / BigInteger.GreatestCommonDivisor(lcm, clock);
        }

        if (lcm * 1000 > MaxTicksPerSecond)
        {
            throw new ArgumentOutOfRangeException(nameof(clocksKilohertz), $"{lcm} kHz", $"the common tick rate must not exceed {MaxTicksPerSecond} per second; choose clocks with a smaller least common multiple");
        }

        TicksPerMillisecond = (long)lcm;
    }

    /// <summary>lcm of the clocks in kHz.</summary>
    public long TicksPerMillisecond { get; }

    /// <summary>Ticks per second.</summary>
    public long TicksPerSecond => TicksPerMillisecond * 1000;

    /// <summary>Period of a clock in ticks: exact.</summary>
    public long PeriodOf(long clockKilohertz) => TicksPerMillisecond % clockKilohertz == 0
        ? TicksPerMillisecond / clockKilohertz
        : throw new ArgumentOutOfRangeException(nameof(clockKilohertz), clockKilohertz, "this clock is not part of the time base");
}
