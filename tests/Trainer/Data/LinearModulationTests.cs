using System.Numerics;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class LinearModulationTests
{
    public static TheoryData<Modulation> Linear => [.. ModulationNames.All.Where(ModulationNames.IsLinear)];

    [Theory]
    [MemberData(nameof(Linear))]
    public void Spectrum_is_flat_inside_3_dB_down_at_half_the_symbol_rate_and_40_dB_down_outside(Modulation modulation) =>
        CheckMask(SignalAnalysis.Only(modulation, 100), 0.35);

    [Fact]
    public void The_cut_pulse_of_roll_off_one_tenth_keeps_the_mask()
    {
        ChannelPreset narrow = ChannelPresets.Awgn with { RollOffLow = new(0.1, "1", "test"), RollOffHigh = new(0.1, "1", "test") };
        CheckMask(SignalAnalysis.Only(Modulation.Qpsk, 100, narrow), 0.1);
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Matched_filter_brings_back_every_point_of_the_constellation_and_no_other(Modulation modulation)
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(modulation, 100);
        var points = Constellations.Of(modulation).ToArray();
        double closest = points.SelectMany(_ => points, (a, b) => Math.Sqrt(Math.Pow(a.Re - b.Re, 2) + Math.Pow(a.Im - b.Im, 2)))
            .Where(d => d > 1e-9).Min();
        var seen = new HashSet<Complex>();
        for (int index = 0; index < 16; index++)
        {
            Complex[] symbols = SignalAnalysis.MatchedFilter(generator.Generate(DataSplit.Train, index));
            (double gain, Complex[] decisions) = SignalAnalysis.Decide(symbols, modulation);
            double worst = symbols.Zip(decisions, (s, d) => ((s / gain) - d).Magnitude).Max();
            Assert.True(worst < 0.1 * closest, $"seed 1, burst {index}: a symbol is {worst} off, points are {closest} apart");
            seen.UnionWith(decisions);
        }

        Assert.Equal(points.Length, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Constellations_have_zero_mean_and_unit_power(Modulation modulation)
    {
        var points = Constellations.Of(modulation).ToArray();
        Assert.Equal(0, points.Sum(p => p.Re), 1e-12);
        Assert.Equal(0, points.Sum(p => p.Im), 1e-12);
        Assert.Equal(1, points.Average(p => (p.Re * p.Re) + (p.Im * p.Im)), 1e-12);
        Assert.Equal(points.Length, points.Distinct().Count());
    }

    [Fact]
    public void Timing_of_bursts_is_uniform_over_a_symbol()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.Bpsk, 0);
        var eighths = new int[8];
        for (int index = 0; index < 2000; index++)
        {
            double start = generator.Generate(DataSplit.Train, index).Start;
            eighths[(int)(start % 8)]++;
        }

        // 250 expected, one standard error 15.
        Assert.All(eighths, count => Assert.InRange(count, 175, 325));
    }

    private static void CheckMask(RadioBurstGenerator generator, double rollOff)
    {
        const double SymbolRate = 1.0 / 8;
        double[] power = SignalAnalysis.Spectrum(generator, 300);

        // The window spreads a line over four bins; the mask is read that much inside and outside.
        double guard = 4.0 / power.Length;
        double pass = (0.5 * SymbolRate * (1 - rollOff)) - guard;
        double stop = (0.5 * SymbolRate * (1 + rollOff)) + guard;
        double reference = Mean(power, f => Math.Abs(f) < pass);
        double level(double low, double high) => 10 * Math.Log10(Mean(power, f => Math.Abs(f) >= low && Math.Abs(f) < high) / reference);

        for (int part = 0; part < 4; part++)
        {
            double inside = level(part * pass / 4, (part + 1) * pass / 4);
            Assert.True(Math.Abs(inside) < 1, $"seed 1: pass band part {part} is off by {inside} dB");
        }

        double edge = level((0.5 * SymbolRate) - (2.5 / power.Length), (0.5 * SymbolRate) + (2.5 / power.Length));
        Assert.True(Math.Abs(edge + 3) < 0.7, $"seed 1: {edge} dB at half the symbol rate");
        for (int k = 0; k < power.Length; k++)
        {
            double outside = 10 * Math.Log10(power[k] / reference);
            bool isOutside = Math.Abs(SignalAnalysis.Frequency(k, power.Length)) > stop;
            Assert.True(!isOutside || outside < -40, $"seed 1: {outside} dB in bin {k}");
        }
    }

    private static double Mean(double[] power, Func<double, bool> band) =>
        power.Where((_, k) => band(SignalAnalysis.Frequency(k, power.Length))).Average();
}
