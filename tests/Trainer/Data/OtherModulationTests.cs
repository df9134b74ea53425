using System.Numerics;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class OtherModulationTests
{
    private const double Rate = 200e3;

    [Fact]
    public void Single_sideband_carries_its_message_on_the_upper_side_and_stands_over_the_noise()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.AmSsb, 18);
        double[] power = SignalAnalysis.Spectrum(generator, 100);
        double total = power.Sum();
        double upper = Band(power, f => f >= -4.0 / 1024 && f <= (5000 / Rate) + (4.0 / 1024));
        double lower = Band(power, f => f < -4.0 / 1024);
        Assert.True(upper / total > 0.999, $"seed 1: {upper / total} of the signal in the upper band");
        Assert.True(lower / total < 1e-3, $"seed 1: {lower / total} of the signal in the lower band");

        // The received burst itself must follow its clean signal: not noise only.
        for (int index = 0; index < 50; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            double correlation = burst.Re.Zip(burst.SignalRe, (a, b) => a * b).Sum() + burst.Im.Zip(burst.SignalIm, (a, b) => a * b).Sum();
            Assert.True(correlation / 1024 > 0.9, $"seed 1, burst {index}: correlation {correlation / 1024}");
        }
    }

    [Fact]
    public void Single_sideband_messages_differ_from_burst_to_burst()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.AmSsb, 100);
        RadioBurst first = generator.Generate(DataSplit.Train, 0);
        for (int index = 1; index < 50; index++)
        {
            RadioBurst other = generator.Generate(DataSplit.Train, index);
            Complex sum = Complex.Zero;
            for (int n = 0; n < 1024; n++)
            {
                sum += new Complex(first.Re[n], first.Im[n]) * new Complex(other.Re[n], -other.Im[n]);
            }

            Assert.True(sum.Magnitude / 1024 < 0.9, $"seed 1: bursts 0 and {index} correlate by {sum.Magnitude / 1024}");
        }
    }

    [Fact]
    public void Double_sideband_is_a_positive_envelope_on_one_phase()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.AmDsb, 100);
        for (int index = 0; index < 20; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            Complex turn = Complex.FromPolarCoordinates(1, -burst.Phase);
            double lowest = double.MaxValue;
            double across = 0;
            double spread = 0;
            for (int n = 0; n < 1024; n++)
            {
                Complex x = turn * new Complex(burst.Re[n], burst.Im[n]);
                lowest = Math.Min(lowest, x.Real);
                across = Math.Max(across, Math.Abs(x.Imaginary));
                spread += Math.Abs(x.Real - 1) / 1024;
            }

            Assert.True(lowest > -0.01 && across < 1e-3, $"seed 1, burst {index}: lowest {lowest}, across {across}");
            Assert.True(spread > 0.02, $"seed 1, burst {index}: no message, spread {spread}");
        }
    }

    [Theory]
    [InlineData(Modulation.Gfsk)]
    [InlineData(Modulation.Cpfsk)]
    [InlineData(Modulation.Fm)]
    public void Angle_modulations_have_constant_envelope(Modulation modulation)
    {
        var re = new double[2048];
        var im = new double[2048];
        Modulator.Fill(modulation, 0.35, Rate, new BurstRandom(3, "envelope", DataSplit.Train, 0), re, im);
        Assert.All(Enumerable.Range(0, re.Length), n => Assert.Equal(1, (re[n] * re[n]) + (im[n] * im[n]), 1e-12));
    }

    [Fact]
    public void Continuous_phase_fsk_moves_a_quarter_turn_per_symbol_either_way()
    {
        double[] steps = PhaseSteps(Modulation.Cpfsk);

        // h = 0.5: pi/2 per symbol of 8 samples.
        Assert.All(steps, step => Assert.Equal(Math.PI / 16, Math.Abs(step), 1e-9));
        double[] perSymbol = [.. steps.Chunk(8).Where(c => c.Length == 8).Select(c => c.Sum())];
        Assert.All(perSymbol, sum => Assert.Equal(Math.PI / 2, Math.Abs(sum), 1e-9));
        Assert.InRange(perSymbol.Count(sum => sum > 0) / (double)perSymbol.Length, 0.4, 0.6);
    }

    [Fact]
    public void Gaussian_fsk_reaches_a_tenth_of_a_radian_per_sample_and_changes_smoothly()
    {
        double[] steps = PhaseSteps(Modulation.Gfsk);
        Assert.Equal(0.1, steps.Max(), 1e-3);
        Assert.Equal(-0.1, steps.Min(), 1e-3);

        // Steepest slope of the filtered step: 2 * 0.1 * peak of the Gauss kernel.
        double sigma = Math.Sqrt(Math.Log(2)) / (Math.Tau * 0.35) * 8;
        double steepest = 0.2 / (sigma * Math.Sqrt(Math.Tau));
        double slope = steps.Zip(steps.Skip(1), (a, b) => Math.Abs(b - a)).Max();
        Assert.InRange(slope, 0.9 * steepest, 1.001 * steepest);
    }

    [Fact]
    public void Broadcast_fm_stays_within_its_deviation_and_uses_a_third_of_it()
    {
        double[] hertz = [.. PhaseSteps(Modulation.Fm).Select(step => step / Math.Tau * Rate)];
        Assert.True(hertz.Max(Math.Abs) <= 75e3 * 1.000001, $"seed 3: {hertz.Max(Math.Abs)} Hz");
        double rms = Math.Sqrt(hertz.Average(h => h * h));
        Assert.True(Math.Abs(rms - 25e3) < 3e3, $"seed 3: {rms} Hz");
    }

    [Fact]
    public void The_message_is_flat_in_its_band_empty_outside_and_of_the_stated_power()
    {
        double low = 200 / Rate;
        double high = 5000 / Rate;
        const int Length = 8192;
        var power = new double[Length];
        var re = new double[Length];
        var im = new double[Length];
        double[] window = MathNet.Numerics.Window.BlackmanHarris(Length);
        double square = 0;
        const int Messages = 200;
        for (int index = 0; index < Messages; index++)
        {
            MessageProcess.Fill(new BurstRandom(3, "message", DataSplit.Train, index), low, high, re, im);
            square += re.Average(x => x * x) / Messages;
            var x = new Complex[Length];
            for (int n = 0; n < Length; n++)
            {
                x[n] = window[n] * new Complex(re[n], im[n]);
            }

            MathNet.Numerics.IntegralTransforms.Fourier.Forward(x);
            for (int k = 0; k < Length; k++)
            {
                power[k] += x[k].Magnitude * x[k].Magnitude;
            }
        }

        double guard = 4.0 / Length;
        double outside = Band(power, f => f < low - guard || f > high + guard) / power.Sum();
        double lowerHalf = Band(power, f => f >= low - guard && f < (low + high) / 2) / power.Sum();
        Assert.True(outside < 1e-4, $"seed 3: {outside} outside the band");
        Assert.True(Math.Abs(lowerHalf - 0.5) < 0.03, $"seed 3: {lowerHalf} in the lower half");

        // 200 messages of 32 tones, chi square with 2 degrees each: one standard error is 1.25 %.
        Assert.True(Math.Abs((9 * square) - 1) < 0.07, $"seed 3: mean square {square} instead of 1/9");
    }

    private static double[] PhaseSteps(Modulation modulation)
    {
        var re = new double[16384];
        var im = new double[16384];
        Modulator.Fill(modulation, 0.35, Rate, new BurstRandom(3, "steps", DataSplit.Train, 0), re, im);
        return [.. Enumerable.Range(0, re.Length - 1).Select(
            n => (new Complex(re[n + 1], im[n + 1]) * new Complex(re[n], -im[n])).Phase)];
    }

    private static double Band(double[] power, Func<double, bool> band) =>
        power.Where((_, k) => band(SignalAnalysis.Frequency(k, power.Length))).Sum();
}
