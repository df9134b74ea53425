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
        double[] lags = new double[4];
        double power = 0;
        double square = 0;
        for (int index = 0; index < 100; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            double[] re = Difference(burst.Re, burst.SignalRe);
            double[] im = Difference(burst.Im, burst.SignalIm);
            for (int n = lags.Length; n < re.Length; n++)
            {
                power += (re[n] * re[n]) + (im[n] * im[n]);
                square += (re[n] * re[n]) - (im[n] * im[n]);
                for (int lag = 1; lag <= lags.Length; lag++)
                {
                    lags[lag - 1] += (re[n] * re[n - lag]) + (im[n] * im[n - lag]);
                }
            }
        }

        // 102,000 complex samples: one standard error is 0.0022 of the power for a lag, 0.0031 for the square.
        Assert.True(Math.Abs(square / power) < 0.016, $"seed 1: components differ by {square / power}");
        Assert.All(lags, lag => Assert.True(Math.Abs(lag / power) < 0.012, $"seed 1: correlation {lag / power}"));
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
