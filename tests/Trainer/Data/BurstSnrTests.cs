using System.Numerics;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class BurstSnrTests
{
    [Theory]
    [InlineData("2016-like")]
    [InlineData("2018-like")]
    [InlineData("awgn")]
    public void Measured_snr_is_within_a_tenth_of_a_decibel_at_every_snr(string channel)
    {
        const int Bursts = 2200;
        var generator = new RadioBurstGenerator(new BurstSetDesign { Channel = ChannelPresets.Named(channel) });
        var ratios = generator.Design.SnrsDb.ToDictionary(snr => snr, _ => new List<double>());
        for (int index = 0; index < Bursts; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            (double signal, double noise) = Powers(burst);
            ratios[burst.SnrDb].Add(noise / signal);
            Assert.Equal(1, RadioBurstGenerator.MeanPower(burst.Re, burst.Im), 1e-12);
        }

        foreach ((double snr, List<double> values) in ratios)
        {
            // 110 bursts of 2,048 noise values: one standard error is 0.013 dB.
            double measured = -10 * Math.Log10(values.Average());
            Assert.True(Math.Abs(measured - snr) < 0.1, $"seed {generator.Design.Seed}, {channel}: {measured} dB instead of {snr}");
        }
    }

    [Fact]
    public void Noise_is_white_and_circular()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.Fm, 0);
        const int Lags = 5;
        var with = new Complex[Lags];
        var without = new Complex[Lags];
        double power = 0;
        for (int index = 0; index < 100; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            Complex[] noise = [.. Difference(burst.Re, burst.SignalRe).Zip(Difference(burst.Im, burst.SignalIm), (re, im) => new Complex(re, im))];
            for (int n = Lags; n < noise.Length; n++)
            {
                power += noise[n].Magnitude * noise[n].Magnitude;
                for (int lag = 0; lag < Lags; lag++)
                {
                    with[lag] += noise[n] * Complex.Conjugate(noise[n - lag]);
                    without[lag] += noise[n] * noise[n - lag];
                }
            }
        }

        // 102,000 complex samples: one standard error of a part is 0.0022 of the power, 0.0031 without conjugate at lag 0.
        // White: no lag but 0 correlates. Circular: without the conjugate none does, so the parts have one power and no correlation.
        Assert.All(with[1..], lag => AssertSmall(lag / power, "correlation"));
        Assert.All(without, lag => AssertSmall(lag / power, "correlation without conjugate"));

        static void AssertSmall(Complex value, string what) =>
            Assert.True(Math.Abs(value.Real) < 0.016 && Math.Abs(value.Imaginary) < 0.016, $"seed 1: {what} {value}");
    }

    [Fact]
    public void Symbol_energy_over_noise_density_after_the_matched_filter_is_what_the_burst_says()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.Qpsk, 6);
        double signal = 0;
        double noise = 0;
        double stated = 0;
        for (int index = 0; index < 200; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            var symbols = SignalAnalysis.MatchedFilter(burst);
            (double gain, var decisions) = SignalAnalysis.Decide(symbols, Modulation.Qpsk);
            signal += decisions.Sum(d => gain * gain * d.Magnitude * d.Magnitude);
            noise += symbols.Zip(decisions, (s, d) => (s - (gain * d)).Magnitude).Sum(e => e * e);
            stated = burst.EsOverN0Db!.Value;
        }

        Assert.Equal(6 + (10 * Math.Log10(8)), stated, 1e-12);
        double measured = 10 * Math.Log10(signal / noise);
        Assert.True(Math.Abs(measured - stated) < 0.2, $"seed 1: Es/N0 {measured} dB instead of {stated}");
    }

    [Fact]
    public void Analog_classes_have_no_symbol_energy()
    {
        Assert.Null(SignalAnalysis.Only(Modulation.AmDsb, 0).Generate(DataSplit.Train, 0).EsOverN0Db);
    }

    private static (double Signal, double Noise) Powers(RadioBurst burst) => (
        RadioBurstGenerator.MeanPower(burst.SignalRe, burst.SignalIm),
        RadioBurstGenerator.MeanPower(Difference(burst.Re, burst.SignalRe), Difference(burst.Im, burst.SignalIm)));

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
