using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 6: exact integer time.</summary>
public sealed class TimeBaseTests
{
    [Theory]
    [InlineData(300_000, 450_000, 900_000)]
    [InlineData(200_000, 450_000, 1_800_000)]
    [InlineData(333_333, 450_000, 49_999_950_000)]
    [InlineData(7, 11, 77)]
    [InlineData(450_000, 450_000, 450_000)]
    public void One_tick_is_the_period_of_the_least_common_multiple(long a, long b, long ticksPerMillisecond)
    {
        if (ticksPerMillisecond * 1000 > TimeBase.MaxTicksPerSecond)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new TimeBase(a, b));
            return;
        }

        TimeBase time = new(a, b);
        Assert.Equal(ticksPerMillisecond, time.TicksPerMillisecond);
        Assert.Equal(ticksPerMillisecond * 1000, time.TicksPerSecond);
        Assert.Equal(ticksPerMillisecond, time.PeriodOf(a) * a);
        Assert.Equal(ticksPerMillisecond, time.PeriodOf(b) * b);
    }

    [Fact]
    public void Periods_are_exact_for_random_clocks()
    {
        const int Seed = 5;
        Random random = new(Seed);
        for (int i = 0; i < 1000; i++)
        {
            long a = random.Next(1, 20_000);
            long b = random.Next(1, 20_000);
            TimeBase time = new(a, b);
            Assert.True(time.PeriodOf(a) * a == time.PeriodOf(b) * b, $"seed {Seed}, {a} and {b} kHz");
            Assert.True(Gcd(time.PeriodOf(a), time.PeriodOf(b)) == 1, $"seed {Seed}: a coarser base would do for {a} and {b} kHz");
        }
    }

    [Fact]
    public void A_tick_rate_of_10_to_the_12_is_accepted_and_more_is_refused()
    {
        Assert.Equal(1_000_000_000_000, new TimeBase(1_000_000_000).TicksPerSecond);
        Assert.Contains("1000000001 kHz", Assert.Throws<ArgumentOutOfRangeException>(() => new TimeBase(1_000_000_001)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeBase(long.MaxValue, long.MaxValue - 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-300_000)]
    public void A_clock_below_one_kilohertz_is_refused(long kilohertz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeBase(450_000, kilohertz));

    [Fact]
    public void A_clock_outside_the_time_base_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Simulation(new TimeBase(300_000, 450_000)).AddClock("other", 400_000_007));

    /// <summary>After 10^9 cycles at 300 MHz the 450 MHz clock stands at exactly 1.5 x 10^9.</summary>
    [Fact]
    public void No_drift_between_300_and_450_MHz_over_a_thousand_million_cycles()
    {
        const long Cycles = 1_000_000_000;
        Simulation simulation = new(new TimeBase(300_000, 450_000));
        ClockDomain array = simulation.AddClock("array", 300_000);
        ClockDomain axi = simulation.AddClock("axi", 450_000);
        ScriptComponent a = new("a", array);
        ScriptComponent b = new("b", axi);
        a.Script = At0(a, Cycles);
        b.Script = At0(b, Cycles * 3 / 2);
        simulation.Run();
        Assert.Equal(Cycles, a.Ticks[^1]);
        Assert.Equal(Cycles * 3 / 2, b.Ticks[^1]);
        Assert.Equal(Cycles * 3, simulation.Now);
        Assert.Equal(simulation.Now, array.Cycle * array.Period);
        Assert.Equal(simulation.Now, axi.Cycle * axi.Period);

        // 10^9 / 300 MHz in ticks of 1/900 MHz: no rounded period would give it.
        Assert.Equal(Cycles * simulation.TimeBase.TicksPerSecond / 300_000_000, simulation.Now);
    }

    private static Func<long, bool> At0(ScriptComponent component, long wake) => cycle =>
    {
        if (cycle == 0)
        {
            component.Wake(wake);
        }

        return false;
    };

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
