using System.Numerics;
using BcnnSim.Trainer.Data;
using MathNet.Numerics;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class ChannelTests
{
    private const ulong Seed = 11;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Fading_autocorrelation_is_the_bessel_function(double ricianFactor)
    {
        const int Streams = 20_000;
        const double Doppler = 1.0 / 2000;
        int[] lags = [0, 160, 320, 640, 764, 1280, 2240, 3200, 4000];
        var sums = new Complex[lags.Length];
        var re = new double[4001];
        var im = new double[4001];
        for (int stream = 0; stream < Streams; stream++)
        {
            FadingProcess.Fill(new BurstRandom(Seed, "fading", DataSplit.Train, stream), 8, Doppler, ricianFactor, re, im);
            for (int k = 0; k < lags.Length; k++)
            {
                sums[k] += new Complex(re[lags[k]], im[lags[k]]) * new Complex(re[0], -im[0]) / Streams;
            }
        }

        // The product has a standard deviation of at most about 1: one standard error is 0.007.
        for (int k = 0; k < lags.Length; k++)
        {
            double expected = SpecialFunctions.BesselJ(0, Math.Tau * Doppler * lags[k]);
            Assert.True(
                (sums[k] - expected).Magnitude < 0.03, $"seed {Seed}, K {ricianFactor}: {sums[k]} at lag {lags[k]} instead of {expected}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Fading_envelope_has_the_fourth_moment_of_eight_sinusoids_and_a_direct_path(double k)
    {
        const int Streams = 100_000;
        double square = 0;
        double fourth = 0;
        var re = new double[1];
        var im = new double[1];
        for (int stream = 0; stream < Streams; stream++)
        {
            FadingProcess.Fill(new BurstRandom(Seed, "envelope", DataSplit.Train, stream), 8, 0, k, re, im);
            double power = (re[0] * re[0]) + (im[0] * im[0]);
            square += power / Streams;
            fourth += power * power / Streams;
        }

        // E|u|^4 = 2 - 1/N for N unit phasors of random phase over sqrt N; the direct path adds 4K + K^2.
        double expected = (2 - (1.0 / 8) + (4 * k) + (k * k)) / ((1 + k) * (1 + k));
        Assert.True(Math.Abs(square - 1) < 0.02, $"seed {Seed}: E|h|^2 = {square}");
        Assert.True(Math.Abs(fourth - expected) < 0.05, $"seed {Seed}: E|h|^4 = {fourth} instead of {expected}");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    [InlineData(-0.2)]
    [InlineData(0.35)]
    public void Reading_between_samples_follows_a_tone(double frequency)
    {
        var re = new double[64];
        var im = new double[64];
        for (int n = 0; n < 64; n++)
        {
            (im[n], re[n]) = Math.SinCos(Math.Tau * frequency * n);
        }

        for (double position = 20; position < 40; position += 0.0371)
        {
            (double readRe, double readIm) = FractionalSampler.Read(re, im, position);
            Complex error = new Complex(readRe, readIm) - Complex.FromPolarCoordinates(1, Math.Tau * frequency * position);
            Assert.True(error.Magnitude < 1e-4, $"error {error.Magnitude} at {position}");
        }
    }

    [Fact]
    public void Fixed_paths_give_a_tone_the_sum_of_their_delayed_magnitudes()
    {
        ChannelPreset preset = ChannelPresets.Like2016 with
        {
            Sinusoids = new(0, "sinusoids", "test"),
            SampleRateOffset = OffsetWalk.None("test"),
            CarrierOffset = OffsetWalk.None("test"),
        };
        const double Frequency = 0.11;
        (Complex[] received, double start, double phase) = Receive(preset, Frequency);
        Complex gain = preset.Paths.Aggregate(Complex.Zero, (sum, path) =>
            sum + (path.Magnitude.Value * Complex.FromPolarCoordinates(1, -Math.Tau * Frequency * path.Delay.Value)));
        for (int n = 0; n < received.Length; n++)
        {
            Complex expected = gain * Complex.FromPolarCoordinates(1, phase + (Math.Tau * Frequency * (start + n)));
            Assert.True((received[n] - expected).Magnitude < 3e-4, $"sample {n}: {received[n]} instead of {expected}");
        }
    }

    [Theory]
    [InlineData(500)]
    [InlineData(-1234)]
    public void A_carrier_offset_turns_the_signal_by_that_many_hertz(double hertz)
    {
        ChannelPreset preset = ChannelPresets.Awgn with { CarrierOffset = Constant(hertz) };
        (Complex[] received, _, double phase) = Receive(preset, 0);
        double sign = (received[1] / received[0]).Phase > 0 ? 1 : -1;
        for (int n = 0; n < received.Length; n++)
        {
            Complex expected = Complex.FromPolarCoordinates(1, phase + (sign * Math.Tau * Math.Abs(hertz) / 200e3 * n));
            Assert.True((received[n] - expected).Magnitude < 1e-3, $"sample {n}: {received[n]} instead of {expected}");
        }
    }

    [Fact]
    public void A_sample_clock_offset_of_250_ppm_stretches_a_tone_by_250_ppm()
    {
        ChannelPreset preset = ChannelPresets.Awgn with { SampleRateOffset = Constant(50) };
        (Complex[] received, _, _) = Receive(preset, 0.1);
        double turns = Enumerable.Range(1, received.Length - 1)
            .Sum(n => (received[n] * Complex.Conjugate(received[n - 1])).Phase) / Math.Tau;
        double expected = 0.1 * (received.Length - 1);
        Assert.Equal(250e-6, Math.Abs((turns / expected) - 1), 2e-6);
    }

    [Fact]
    public void A_stationary_walk_starts_anywhere_within_its_bounds_steps_by_its_deviation_and_never_leaves_them()
    {
        var walk = new OffsetWalk(OffsetStart.Stationary, Value(0), Value(3), Value(50));
        var hertz = new double[4096];
        double steps = 0;
        double starts = 0;
        const int Walks = 400;
        for (int index = 0; index < Walks; index++)
        {
            walk.Fill(new BurstRandom(Seed, "walk", DataSplit.Train, index), hertz);
            Assert.All(hertz, h => Assert.InRange(h, -50, 50));
            starts += hertz[0] * hertz[0] / Walks;
            double middle = 0;
            int inside = 0;
            for (int n = 1; n < hertz.Length; n++)
            {
                if (Math.Abs(hertz[n - 1]) < 30)
                {
                    middle += Math.Pow(hertz[n] - hertz[n - 1], 2);
                    inside++;
                }
            }

            steps += middle / Math.Max(1, inside) / Walks;
        }

        Assert.True(Math.Abs(Math.Sqrt(steps) - 3) < 0.05, $"seed {Seed}: steps of {Math.Sqrt(steps)}");
        Assert.True(Math.Abs(Math.Sqrt(starts) - (50 / Math.Sqrt(3))) < 3, $"seed {Seed}: starts of {Math.Sqrt(starts)}");
    }

    [Fact]
    public void Every_parameter_of_every_preset_names_its_source()
    {
        foreach (ChannelPreset preset in ChannelPresets.All)
        {
            SourcedValue[] values =
            [
                preset.SampleRate, preset.RollOffLow, preset.RollOffHigh, preset.Sinusoids, preset.MaximumDoppler, preset.RicianFactor,
                preset.SampleRateOffset.StepDeviation, preset.SampleRateOffset.Maximum, preset.CarrierOffset.StepDeviation,
                preset.CarrierOffset.Maximum, preset.SampleRateOffset.StartDeviation, preset.CarrierOffset.StartDeviation, .. preset.Paths.Select(p => p.Delay), .. preset.Paths.Select(p => p.Magnitude),
            ];
            Assert.All(values, value => Assert.True(value.Source.Length > 3 && value.Unit.Length > 0, $"{preset.Name}: {value}"));
            Assert.Empty(preset.Violations());
        }
    }

    [Fact]
    public void Every_parameter_of_the_modulations_names_its_source()
    {
        SourcedValue[] values = [.. typeof(ModulationParameters).GetProperties().Select(property => property.GetValue(null)).OfType<SourcedValue>()];
        Assert.True(values.Length >= 13, $"{values.Length} parameters");
        Assert.All(values, value => Assert.True(value.Source.Length > 3 && value.Unit.Length > 0, $"{value}"));
    }

    [Fact]
    public void Roll_off_of_2018_like_covers_its_range()
    {
        var generator = SignalAnalysis.Only(Modulation.Qpsk, 0, ChannelPresets.Like2018, 128);
        double[] drawn = [.. Enumerable.Range(0, 500).Select(k => generator.Generate(DataSplit.Train, k).RollOff)];
        Assert.All(drawn, r => Assert.InRange(r, 0.1, 0.4));
        Assert.True(drawn.Min() < 0.11 && drawn.Max() > 0.39, $"seed 1: {drawn.Min()}..{drawn.Max()}");
    }

    private static SourcedValue Value(double value) => new(value, "Hz", "test");

    /// <summary>An offset that is drawn so wide that it always lies on one of its bounds, +-hertz.</summary>
    private static OffsetWalk Constant(double hertz) =>
        new(OffsetStart.Normal, Value(1e12), Value(0), Value(Math.Abs(hertz)));

    private static (Complex[] Received, double Start, double Phase) Receive(ChannelPreset preset, double frequency)
    {
        const int Samples = 1024;
        int length = RadioChannel.SourceLength(Samples);
        var sourceRe = new double[length];
        var sourceIm = new double[length];
        for (int n = 0; n < length; n++)
        {
            (sourceIm[n], sourceRe[n]) = Math.SinCos(Math.Tau * frequency * n);
        }

        var re = new double[Samples];
        var im = new double[Samples];
        (double start, double phase) = RadioChannel.Receive(
            preset, new BurstRandom(Seed, "receive", DataSplit.Train, 0), sourceRe, sourceIm, re, im);
        return ([.. re.Zip(im, (a, b) => new Complex(a, b))], start, phase);
    }
}
