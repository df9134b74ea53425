using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class BurstTransformTests
{
    public static TheoryData<string, int> All
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in BurstTransforms.Names)
            {
                foreach (int samples in new[] { 128, 256, 512, 1024 })
                {
                    data.Add(name, samples);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_transform_fills_its_whole_map_and_comes_back_from_its_parameters(string name, int samples)
    {
        IBurstTransform transform = BurstTransforms.Default(name, samples);
        IBurstTransform again = BurstTransforms.Create(name, transform.Parameters);
        Assert.Equal(transform.Shape, again.Shape);
        Assert.Equal(name, transform.Name);
        var burst = SignalAnalysis.Only(Modulation.Qam16, 10, samples: samples).Generate(DataSplit.Train, 0);
        Complex[] map = Apply(transform, [.. burst.Re.Zip(burst.Im, (a, b) => new Complex(a, b))]);
        Assert.DoesNotContain(map, value => double.IsNaN(value.Real) || double.IsNaN(value.Imaginary));
        Assert.Equal(map, Apply(again, [.. burst.Re.Zip(burst.Im, (a, b) => new Complex(a, b))]));
    }

    [Fact]
    public void The_default_maps_of_1024_samples_are_32_by_32()
    {
        Assert.Equal(new MapShape(32, 32, 1), BurstTransforms.Default("fold", 1024).Shape);
        Assert.Equal(new MapShape(32, 32, 1), BurstTransforms.Default("stft", 1024).Shape);
        Assert.Equal(new MapShape(32, 32, 1), BurstTransforms.Default("lag", 1024).Shape);
        Assert.Equal(new MapShape(32, 32, 3), BurstTransforms.Default("moments", 1024).Shape);
    }

    [Fact]
    public void Fold_puts_sample_32y_plus_x_at_row_y_column_x()
    {
        Complex[] burst = [.. Enumerable.Range(0, 1024).Select(n => new Complex(n, -n))];
        Complex[] map = Apply(new FoldTransform(1024, 4), burst);
        Assert.Equal(burst.Select(x => x / 4), map);
    }

    [Fact]
    public void Moments_are_the_first_second_and_fourth_power_of_each_sample()
    {
        Complex[] burst = [.. Enumerable.Range(0, 1024).Select(n => Complex.FromPolarCoordinates(1 + (n / 1024.0), 0.01 * n))];
        Complex[] map = Apply(new MomentsTransform(1024, 2, 3, 5), burst);
        for (int n = 0; n < 1024; n++)
        {
            Assert.True((map[n] - (burst[n] / 2)).Magnitude < 1e-12);
            Assert.True((map[n + 1024] - (Complex.Pow(burst[n], 2) / 3)).Magnitude < 1e-12);
            Assert.True((map[n + 2048] - (Complex.Pow(burst[n], 4) / 5)).Magnitude < 1e-11);
        }
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(256)]
    public void Lag_of_a_tone_is_its_turn_over_the_lag_and_zeros_come_before_the_burst(int samples)
    {
        const double Frequency = 0.03;
        Complex[] map = Apply(new LagTransform(samples, 2), Tone(samples, Frequency, 1.1));
        int segment = samples / 32;
        for (int lag = 0; lag < 32; lag++)
        {
            for (int s = 0; s < 32; s++)
            {
                int valid = Math.Clamp(((s + 1) * segment) - lag, 0, segment);
                Complex expected = Complex.FromPolarCoordinates(valid / (2.0 * segment), Math.Tau * Frequency * lag);
                Assert.True((map[(lag * 32) + s] - expected).Magnitude < 1e-12, $"lag {lag}, segment {s}: {map[(lag * 32) + s]}");
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-7)]
    [InlineData(0)]
    public void Stft_of_a_tone_on_a_bin_has_one_phase_in_every_full_column(int bin)
    {
        const double Phase = 0.7;
        Complex[] map = Apply(new StftTransform(1024, 128, 32, 1), Tone(1024, bin / 128.0, Phase));

        // Hann: sum of weights N/2, sum of squares 3N/8.
        double height = 64 / Math.Sqrt(48);
        for (int column = 0; column < 32; column++)
        {
            for (int y = 0; y < 32; y++)
            {
                int distance = Math.Abs(y - 16 - bin);
                double expected = distance == 0 ? height : distance == 1 ? height / 2 : 0;
                Complex value = map[(y * 32) + column];
                if (column <= 28)
                {
                    Assert.True(Math.Abs(value.Magnitude - expected) < 1e-9, $"row {y}, column {column}: {value.Magnitude}");
                }
            }

            Complex peak = map[((16 + bin) * 32) + column];
            Assert.True(column > 28 || Math.Abs(peak.Phase - Phase) < 1e-9, $"column {column}: phase {peak.Phase}");
        }
    }

    [Fact]
    public void Stft_of_white_noise_of_unit_power_has_unit_mean_square()
    {
        const ulong Seed = 9;
        var random = new BurstRandom(Seed, "stft", DataSplit.Train, 0);
        var transform = new StftTransform(1024, 128, 128, 1);
        double sum = 0;
        const int Bursts = 50;
        for (int k = 0; k < Bursts; k++)
        {
            Complex[] noise = [.. Enumerable.Range(0, 1024).Select(
                _ => new Complex(random.NextNormal(), random.NextNormal()) / Math.Sqrt(2))];
            Complex[] map = Apply(transform, noise);
            sum += Enumerable.Range(0, map.Length).Where(i => i % 32 <= 28).Sum(i => map[i].Magnitude * map[i].Magnitude);
        }

        double mean = sum / (Bursts * 128 * 29);
        Assert.True(Math.Abs(mean - 1) < 0.03, $"seed {Seed}: mean square {mean}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32)]
    [InlineData(256)]
    public void Fourier_transform_agrees_with_the_library(int size)
    {
        var random = new BurstRandom(9, "fourier", DataSplit.Train, size);
        double[] re = [.. Enumerable.Range(0, size).Select(_ => random.NextNormal())];
        double[] im = [.. Enumerable.Range(0, size).Select(_ => random.NextNormal())];
        Complex[] expected = [.. re.Zip(im, (a, b) => new Complex(a, b))];
        MathNet.Numerics.IntegralTransforms.Fourier.Forward(
            expected, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
        new FourierTransform(size).Forward(re, im);
        for (int k = 0; k < size; k++)
        {
            Assert.True((expected[k] - new Complex(re[k], im[k])).Magnitude < 1e-10, $"seed 9, bin {k} of {size}");
        }
    }

    [Theory]
    [InlineData("fold")]
    [InlineData("stft")]
    [InlineData("lag")]
    [InlineData("moments")]
    public void Default_clips_leave_about_one_percent_outside_on_training_bursts(string name)
    {
        var generator = new RadioBurstGenerator(new BurstSetDesign());
        IBurstTransform transform = BurstTransforms.Default(name, 1024);
        var magnitudes = new List<double>[transform.Shape.Channels];
        for (int c = 0; c < magnitudes.Length; c++)
        {
            magnitudes[c] = [];
        }

        int pixels = transform.Shape.Pixels;
        double[] re = new double[magnitudes.Length * pixels], im = new double[re.Length];
        for (int index = 0; index < 440; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            transform.Apply(burst.Re, burst.Im, re, im);
            for (int k = 0; k < re.Length; k++)
            {
                magnitudes[k / pixels].AddRange([Math.Abs(re[k]), Math.Abs(im[k])]);
            }
        }

        // In units of the clip: 1 is the clip itself.
        foreach (List<double> values in magnitudes)
        {
            values.Sort();
            Assert.InRange(values[(int)Math.Round(0.99 * (values.Count - 1))], 0.85, 1.15);
        }
    }

    [Fact]
    public void Bad_parameters_are_refused_together()
    {
        InputException refusal = Assert.Throws<InputException>(() => BurstTransforms.Create(
            "stft", new Dictionary<string, double> { ["samples"] = 1000, ["window"] = 100, ["clip"] = -1, ["hop"] = 4 }));
        Assert.Equal(
            ["stft.bins", "stft.clip", "stft.hop", "stft.samples", "stft.window"], refusal.Violations.Select(v => v.Place).Order());
        Assert.Throws<InputException>(() => BurstTransforms.Create("wavelet", new Dictionary<string, double>()));
        Assert.Throws<InputException>(() => BurstTransforms.Create(
            "fold", new Dictionary<string, double> { ["samples"] = 1024, ["clip"] = double.NaN }));
        Assert.Throws<InputException>(() => BurstTransforms.Create(
            "stft", new Dictionary<string, double> { ["samples"] = 128, ["window"] = 256, ["bins"] = 32, ["clip"] = 1 }));
    }

    private static Complex[] Tone(int samples, double frequency, double phase) =>
        [.. Enumerable.Range(0, samples).Select(n => Complex.FromPolarCoordinates(1, phase + (Math.Tau * frequency * n)))];

    private static Complex[] Apply(IBurstTransform transform, Complex[] burst)
    {
        int size = transform.Shape.Pixels * transform.Shape.Channels;
        var re = new double[size];
        var im = new double[size];
        Array.Fill(re, double.NaN);
        Array.Fill(im, double.NaN);
        transform.Apply(Array.ConvertAll(burst, x => x.Real), Array.ConvertAll(burst, x => x.Imaginary), re, im);
        return [.. re.Zip(im, (a, b) => new Complex(a, b))];
    }
}
