using System.Numerics;
using BcnnSim.Trainer.Data;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Fading, paths and drawn parameters as the channel applies them, on a carrier without modulation.</summary>
public sealed class ReceivedFadingTests
{
    private const ulong Seed = 13;

    /// <summary>2016-like without offsets: fading and paths alone.</summary>
    private static readonly ChannelPreset Still = ChannelPresets.Like2016 with { SampleRateOffset = OffsetWalk.None("test"), CarrierOffset = OffsetWalk.None("test") };

    /// <summary>Doppler over sample rate: 100 Hz at 200 kHz turn once in 2,000 samples. K turns no zero of the Bessel function.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_received_carrier_fades_with_the_bessel_function_of_doppler_over_sample_rate(double ricianFactor)
    {
        const int Streams = 4000;
        ChannelPreset preset = Still with { MaximumDoppler = Value(100), RicianFactor = Value(ricianFactor), Paths = [Still.Paths[0]] };
        int[] lags = [0, 160, 320, 480, 640, 764, 900, 1023];
        var sums = new Complex[lags.Length];
        for (int stream = 0; stream < Streams; stream++)
        {
            Complex[] received = Receive(preset, stream, 1024);
            for (int k = 0; k < lags.Length; k++)
            {
                sums[k] += received[lags[k]] * Complex.Conjugate(received[0]) / Streams;
            }
        }

        // The product has a standard deviation of at most about 1: one standard error is 0.016.
        for (int k = 0; k < lags.Length; k++)
        {
            double expected = SpecialFunctions.BesselJ(0, Math.Tau * 100 / 200e3 * lags[k]);
            Assert.True((sums[k] - expected).Magnitude < 0.07, $"seed {Seed}, K {ricianFactor}: {sums[k]} at lag {lags[k]} instead of {expected}");
        }
    }

    /// <summary>The power is that of its magnitude; the fourth moment tells the direct path, which only the first one has.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    public void A_path_has_the_power_of_its_magnitude_and_only_the_first_one_a_direct_part(int path, double k)
    {
        const int Streams = 40_000;
        ChannelPath[] paths = [.. Still.Paths.Select((p, i) => i == path ? p : p with { Magnitude = Value(1e-6) })];
        (double square, double fourth) = Moments(Still with { Paths = paths }, Streams);
        double magnitude = Still.Paths[path].Magnitude.Value;
        double expected = (2 - (1.0 / 8) + (4 * k) + (k * k)) / ((1 + k) * (1 + k));
        Assert.True(Math.Abs((square / (magnitude * magnitude)) - 1) < 0.03, $"seed {Seed}, path {path}: power {square}");
        Assert.True(Math.Abs((fourth / (square * square)) - expected) < 0.08, $"seed {Seed}, path {path}: fourth moment {fourth / (square * square)} instead of {expected}");
    }

    /// <summary>Paths that faded alike would add their amplitudes: 4.41 instead of 1.73.</summary>
    [Fact]
    public void Paths_fade_independently_so_that_their_powers_add()
    {
        (double square, _) = Moments(Still, 40_000);
        double expected = Still.Paths.Sum(p => p.Magnitude.Value * p.Magnitude.Value);
        Assert.True(Math.Abs((square / expected) - 1) < 0.03, $"seed {Seed}: power {square} instead of {expected}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Delays_of_2018_like_are_drawn_from_the_rayleigh_law_of_their_scale(int path)
    {
        const int Draws = 4000;
        ChannelPath drawn = ChannelPresets.Like2018.Paths[path];
        Assert.True(drawn.DelayIsRayleigh);
        ChannelPreset preset = Still with { Sinusoids = Value(0), Paths = [drawn with { Magnitude = Value(1) }] };
        double[] delays = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            // A tone of 0.02 cycles per sample turns less than once in the longest delay.
            const double Frequency = 0.02;
            (Complex[] received, double start, double phase) = Receive(preset, i, 8, Frequency);
            double turned = (Complex.FromPolarCoordinates(1, phase + (Math.Tau * Frequency * start)) / received[0]).Phase / Math.Tau;
            delays[i] = turned / Frequency;
        }

        AssertLaw(delays, x => x <= 0 ? 0 : Rayleigh.CDF(0.5, x));
    }

    /// <summary>A ten-thousandth of 200 kHz: 20 Hz, and no walk within a burst.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Offsets_of_2018_like_start_from_the_normal_law_and_stay(bool carrier)
    {
        OffsetWalk walk = carrier ? ChannelPresets.Like2018.CarrierOffset : ChannelPresets.Like2018.SampleRateOffset;
        double[] starts = new double[4000], hertz = new double[100];
        for (int i = 0; i < starts.Length; i++)
        {
            walk.Fill(new BurstRandom(Seed, "starts", DataSplit.Train, i), hertz);
            starts[i] = hertz[0];
            Assert.Single(hertz.Distinct());
        }

        AssertLaw(starts, x => Normal.CDF(0, 20, x));
    }

    /// <summary>The carrier of a burst of 2018-like turns by the offset that was drawn for it.</summary>
    [Fact]
    public void A_received_carrier_of_2018_like_is_off_by_the_normal_law()
    {
        ChannelPreset preset = ChannelPresets.Like2018 with { Sinusoids = Value(0), Paths = [ChannelPresets.Like2018.Paths[0]] };
        double[] offsets = [.. Enumerable.Range(0, 2000).Select(i =>
        {
            Complex[] received = Receive(preset, i, 256);
            return (received[255] / received[0]).Phase / Math.Tau / 255 * 200e3;
        })];
        AssertLaw(offsets, x => Normal.CDF(0, 20, x));
    }

    // Kolmogorov and Smirnov: 2 / sqrt(n) is exceeded once in 1,500 times by the right law.
    private static void AssertLaw(double[] drawn, Func<double, double> law)
    {
        double[] sorted = [.. drawn.Order()];
        double worst = Enumerable.Range(0, sorted.Length).Max(i => Math.Abs(law(sorted[i]) - ((i + 0.5) / sorted.Length)));
        Assert.True(worst < 2 / Math.Sqrt(sorted.Length), $"seed {Seed}: the distribution is off by {worst}");
    }

    private static (double Square, double Fourth) Moments(ChannelPreset preset, int streams)
    {
        double square = 0, fourth = 0;
        for (int stream = 0; stream < streams; stream++)
        {
            Complex received = Receive(preset, stream, 1)[0];
            double power = (received.Real * received.Real) + (received.Imaginary * received.Imaginary);
            square += power / streams;
            fourth += power * power / streams;
        }

        return (square, fourth);
    }

    private static SourcedValue Value(double value) => new(value, "1", "test");

    private static Complex[] Receive(ChannelPreset preset, int stream, int samples) => Receive(preset, stream, samples, 0).Received;

    private static (Complex[] Received, double Start, double Phase) Receive(ChannelPreset preset, int stream, int samples, double frequency)
    {
        int length = RadioChannel.SourceLength(samples);
        double[] sourceRe = new double[length], sourceIm = new double[length], re = new double[samples], im = new double[samples];
        for (int n = 0; n < length; n++)
        {
            (sourceIm[n], sourceRe[n]) = Math.SinCos(Math.Tau * frequency * n);
        }

        (double start, double phase) = RadioChannel.Receive(preset, new BurstRandom(Seed, "received", DataSplit.Train, stream), sourceRe, sourceIm, re, im);
        return ([.. re.Zip(im, (a, b) => new Complex(a, b))], start, phase);
    }
}
