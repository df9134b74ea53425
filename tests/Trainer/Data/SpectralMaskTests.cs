using System.Numerics;
using BcnnSim.Trainer.Data;
using MathNet.Numerics.IntegralTransforms;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Received bursts of the classes without a pulse against spectra in closed form, worked out here from textbook formulas.</summary>
public sealed class SpectralMaskTests
{
    private const int Samples = 1024;
    private const int Bursts = 300;
    private const int SamplesPerSymbol = 8;
    private const double Rate = 200e3;

    /// <summary>Index 0.5 and a rectangular pulse: the shift of frequency goes on for one symbol.</summary>
    [Fact]
    public void Continuous_phase_fsk_has_the_spectrum_of_minimum_shift_keying()
    {
        double[] pulse = [.. Enumerable.Repeat(1.0, SamplesPerSymbol)];
        CheckSpectrum(Modulation.Cpfsk, ShiftKeying(0.5, pulse), down: 1e-3, decibels: 0.2);

        // The first zeros of minimum shift keying lie at 0.75 of the symbol rate, the side lobes 23 dB down.
        double[] power = SignalAnalysis.Spectrum(SignalAnalysis.Only(Modulation.Cpfsk, 100), Bursts);
        double zero = Level(power, f => Math.Abs(f - (0.75 / SamplesPerSymbol)) < 1.5 / Samples) / power.Max();
        double lobe = Level(power, f => Math.Abs(f - (1.0 / SamplesPerSymbol)) < 0.01) / power.Max();
        Assert.True(zero < 1e-3 && lobe is > 1e-3 and < 1e-2, $"seed 1: {zero} at the zero, {lobe} in the side lobe");
    }

    /// <summary>0.1 rad per sample behind a Gaussian filter of BT 0.35.</summary>
    [Fact]
    public void Gaussian_fsk_has_the_spectrum_of_its_filtered_shifts()
    {
        // A symbol of 8 samples through the filter: differences of the error function, unit sum per sample of the symbol.
        double sigma = Math.Sqrt(Math.Log(2)) / (Math.Tau * 0.35) * SamplesPerSymbol;
        double Area(double x) => 0.5 * (1 + MathNet.Numerics.SpecialFunctions.Erf(x / (sigma * Math.Sqrt(2))));
        double[] pulse = [.. Enumerable.Range(-40, 88).Select(n => Area(n + 0.5) - Area(n + 0.5 - SamplesPerSymbol))];
        Assert.Equal(SamplesPerSymbol, pulse.Sum(), 1e-6);
        CheckSpectrum(Modulation.Gfsk, ShiftKeying(0.1 * SamplesPerSymbol / Math.PI, pulse), down: 1e-3, decibels: 0.5);
    }

    /// <summary>A Gaussian message that is flat from 200 Hz to 15 kHz and shifts the frequency by 25 kHz rms.</summary>
    [Fact]
    public void Broadcast_fm_has_the_spectrum_of_a_gaussian_message()
    {
        // E exp(i(phase(t + lag) - phase(t))) = exp(-D/2), D the variance of the difference.
        const double Low = 200, High = 15e3, Deviation = 25e3;
        double Correlation(int lag)
        {
            double seconds = lag / Rate;
            double variance = Enumerable.Range(0, 500).Average(i =>
            {
                double f = Low + ((High - Low) * (i + 0.5) / 500);
                return Math.Pow(2 * Deviation * Math.Sin(Math.PI * f * seconds) / f, 2);
            });
            return Math.Exp(-variance / 2);
        }

        CheckSpectrum(Modulation.Fm, [.. Enumerable.Range(0, Samples).Select(Correlation)], down: 0.03, decibels: 0.7);
    }

    /// <summary>The turn from sample to sample is the message again: a fifth of its power lies between 12 and 15 kHz, next to none above.</summary>
    [Fact]
    public void Broadcast_fm_turns_by_a_message_that_ends_at_15_kilohertz()
    {
        RadioBurstGenerator generator = SignalAnalysis.Only(Modulation.Fm, 100);
        double[] window = MathNet.Numerics.Window.BlackmanHarris(Samples), power = new double[Samples];
        for (int index = 0; index < Bursts; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            var turns = new Complex[Samples];
            for (int n = 1; n < Samples; n++)
            {
                turns[n] = window[n] * (new Complex(burst.SignalRe[n], burst.SignalIm[n]) * new Complex(burst.SignalRe[n - 1], -burst.SignalIm[n - 1])).Phase;
            }

            Fourier.Forward(turns, FourierOptions.AsymmetricScaling);
            for (int k = 0; k < Samples; k++)
            {
                power[k] += turns[k].Magnitude * turns[k].Magnitude;
            }
        }

        double last = Sum(power, f => Math.Abs(f) > 12e3 / Rate && Math.Abs(f) < 15e3 / Rate) / power.Sum();
        double above = Sum(power, f => Math.Abs(f) > (15e3 / Rate) + (4.0 / Samples)) / power.Sum();
        Assert.True(Math.Abs(last - (3 / 14.8)) < 0.01 && above < 0.001, $"seed 1: {last} of the power from 12 to 15 kHz, {above} above");
    }

    [Fact]
    public void Double_sideband_has_a_carrier_and_two_flat_sidebands_of_a_ninth_of_its_power()
    {
        double[] power = SignalAnalysis.Spectrum(SignalAnalysis.Only(Modulation.AmDsb, 100), Bursts);
        const double Guard = 4.0 / Samples, High = 5000 / Rate;
        double carrier = Sum(power, f => Math.Abs(f) <= Guard), all = power.Sum();
        double upper = Sum(power, f => f > Guard && f < High + Guard), lower = Sum(power, f => f < -Guard && f > -High - Guard);

        // The guard of the carrier covers 781 Hz, of which 581 belong to each sideband of 4,800 Hz.
        double expected = 1 / 9.0 / 2 * (4800 - 581) / 4800 / (1 + (1 / 9.0 * 581 / 4800));
        Assert.True(Math.Abs((upper / carrier / expected) - 1) < 0.12, $"seed 1: upper sideband {upper / carrier} of the carrier instead of {expected}");
        Assert.True(Math.Abs((lower / upper) - 1) < 0.02, $"seed 1: sidebands {lower} and {upper}");
        Assert.True((all - carrier - upper - lower) / all < 1e-4, $"seed 1: {(all - carrier - upper - lower) / all} outside the sidebands");
        double level = Level(power, f => f > 2 * Guard && f < High - Guard);
        for (int part = 0; part < 4; part++)
        {
            double from = (2 * Guard) + ((High - (3 * Guard)) * part / 4), to = from + ((High - (3 * Guard)) / 4);
            double inside = 10 * Math.Log10(Level(power, f => Math.Abs(f) >= from && Math.Abs(f) < to) / level);
            Assert.True(Math.Abs(inside) < 1, $"seed 1: sideband part {part} is off by {inside} dB");
        }

        double outside = 10 * Math.Log10(power.Where((_, k) => Math.Abs(SignalAnalysis.Frequency(k, Samples)) > High + Guard).Max() / level);
        Assert.True(outside < -35, $"seed 1: {outside} dB in a bin outside"); // what the limit of the envelope spreads
    }

    /// <summary>
    /// Correlation of binary continuous-phase keying (Proakis, Digital Communications, section on CPM): the product over symbols of
    /// cos(pi h (q(t + lag - kT) - q(t - kT))), averaged over the places t in a symbol; q rises as the pulse adds up, 1 for a whole symbol.
    /// </summary>
    private static double[] ShiftKeying(double index, double[] pulse)
    {
        double[] rise = new double[pulse.Length + 1];
        for (int n = 0; n < pulse.Length; n++)
        {
            rise[n + 1] = rise[n] + (pulse[n] / SamplesPerSymbol);
        }

        double Q(int n) => rise[Math.Clamp(n, 0, pulse.Length)];
        var correlation = new double[Samples];
        for (int lag = 0; lag < Samples; lag++)
        {
            for (int t = 0; t < SamplesPerSymbol; t++)
            {
                double product = 1;
                for (int start = -(pulse.Length / SamplesPerSymbol * SamplesPerSymbol) - SamplesPerSymbol; start <= t + lag; start += SamplesPerSymbol)
                {
                    product *= Math.Cos(Math.PI * index * (Q(t + lag - start) - Q(t - start)));
                }

                correlation[lag] += product / SamplesPerSymbol;
            }
        }

        return correlation;
    }

    // Bands of 16 bins where the spectrum is not far down; 300 bursts of 16 bins, of which the window makes about 8 independent: 2 % standard error, more where bursts differ in level.
    private static void CheckSpectrum(Modulation modulation, double[] correlation, double down, double decibels)
    {
        double[] measured = SignalAnalysis.Spectrum(SignalAnalysis.Only(modulation, 100), Bursts), expected = Windowed(correlation);
        const int Band = 16;
        double[] MeansOf(double[] power) => [.. Enumerable.Range(0, Samples / Band).Select(b => power.AsSpan(b * Band, Band).ToArray().Sum() / power.Sum())];
        double[] found = MeansOf(measured), right = MeansOf(expected);
        int[] compared = [.. Enumerable.Range(0, right.Length).Where(b => right[b] > down * right.Max())];
        double worst = compared.Max(b => Math.Abs(10 * Math.Log10(found[b] / right[b])));
        double rest = Enumerable.Range(0, right.Length).Except(compared).Select(b => found[b]).DefaultIfEmpty().Max() / right.Max();
        Assert.InRange(compared.Length, 8, right.Length);
        Assert.True(worst < decibels, $"seed 1, {modulation}: a band is off by {worst} dB");
        Assert.True(rest < 2 * down, $"seed 1, {modulation}: {rest} of the highest band where less than {down} is expected");
    }

    // Expected periodogram behind a window w: the transform of the correlation times the correlation of w with itself.
    private static double[] Windowed(double[] correlation)
    {
        double[] window = MathNet.Numerics.Window.BlackmanHarris(Samples);
        var x = new Complex[2 * Samples];
        for (int lag = 0; lag < Samples; lag++)
        {
            double overlap = Enumerable.Range(0, Samples - lag).Sum(n => window[n] * window[n + lag]);
            x[lag] += correlation[lag] * overlap;
            x[((2 * Samples) - lag) % (2 * Samples)] = x[lag];
        }

        Fourier.Forward(x, FourierOptions.AsymmetricScaling);
        return [.. Enumerable.Range(0, Samples).Select(k => x[2 * k].Real)];
    }

    private static double Sum(double[] power, Func<double, bool> band) => power.Where((_, k) => band(SignalAnalysis.Frequency(k, power.Length))).Sum();

    private static double Level(double[] power, Func<double, bool> band) => power.Where((_, k) => band(SignalAnalysis.Frequency(k, power.Length))).Average();
}
