using System.Numerics;
using BcnnSim.Trainer.Data;
using MathNet.Numerics.IntegralTransforms;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Measurements on bursts, written without the generator's own code where that code is under test.</summary>
internal static class SignalAnalysis
{
    /// <summary>A set of one modulation at one SNR.</summary>
    public static RadioBurstGenerator Only(Modulation modulation, double snrDb, ChannelPreset? channel = null, int samples = 1024) =>
        new(new BurstSetDesign
        {
            Modulations = [modulation],
            SnrsDb = [snrDb],
            Channel = channel ?? ChannelPresets.Awgn,
            Samples = samples,
        });

    /// <summary>Power spectrum (Blackman-Harris window of MathNet), bin k = frequency k/N, summed over bursts.</summary>
    public static double[] Spectrum(RadioBurstGenerator generator, int bursts)
    {
        int samples = generator.Design.Samples;
        double[] window = MathNet.Numerics.Window.BlackmanHarris(samples);
        var power = new double[samples];
        for (int index = 0; index < bursts; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            var x = new Complex[samples];
            for (int n = 0; n < samples; n++)
            {
                x[n] = window[n] * new Complex(burst.SignalRe[n], burst.SignalIm[n]);
            }

            Fourier.Forward(x, FourierOptions.AsymmetricScaling);
            for (int k = 0; k < samples; k++)
            {
                power[k] += (x[k].Real * x[k].Real) + (x[k].Imaginary * x[k].Imaginary);
            }
        }

        return power;
    }

    /// <summary>Frequency of bin k in cycles per sample, -0.5..0.5.</summary>
    public static double Frequency(int bin, int size) => (bin < size / 2 ? bin : bin - size) / (double)size;

    /// <summary>Symbols after the matched filter: derotated by the known phase, read at the known symbol centres.</summary>
    public static Complex[] MatchedFilter(RadioBurst burst)
    {
        const int SamplesPerSymbol = 8;
        int halfSpan = (int)ModulationParameters.PulseHalfSpan.Value;
        double[] taps = RootRaisedCosine.Taps(burst.RollOff, SamplesPerSymbol, halfSpan);
        int half = halfSpan * SamplesPerSymbol;
        var symbols = new List<Complex>();
        int firstSymbol = (int)Math.Ceiling((burst.Start + half + 12) / SamplesPerSymbol);
        for (int symbol = firstSymbol; ; symbol++)
        {
            double centre = (symbol * SamplesPerSymbol) - burst.Start;
            if (centre + half + 12 > burst.Re.Length - 1)
            {
                return [.. symbols];
            }

            Complex sum = Complex.Zero;
            for (int k = -half; k <= half; k++)
            {
                (double re, double im) = FractionalSampler.Read(burst.Re, burst.Im, centre + k);
                sum += taps[k + half] * new Complex(re, im);
            }

            symbols.Add(sum / SamplesPerSymbol * Complex.FromPolarCoordinates(1, -burst.Phase));
        }
    }

    /// <summary>Nearest constellation points and the gain that brings them onto the symbols in the least-squares sense.</summary>
    public static (double Gain, Complex[] Decisions) Decide(Complex[] symbols, Modulation modulation)
    {
        (double Re, double Im)[] points = Constellations.Of(modulation).ToArray();
        double gain = Math.Sqrt(symbols.Average(s => s.Magnitude * s.Magnitude));
        Complex[] decisions = [];
        for (int round = 0; round < 20; round++)
        {
            decisions = Array.ConvertAll(symbols, s => Nearest(s / gain, points));
            gain = symbols.Zip(decisions, (s, d) => (s * Complex.Conjugate(d)).Real).Sum()
                / decisions.Sum(d => d.Magnitude * d.Magnitude);
        }

        return (gain, decisions);
    }

    private static Complex Nearest(Complex x, (double Re, double Im)[] points)
    {
        (double re, double im) = points.MinBy(p => ((x.Real - p.Re) * (x.Real - p.Re)) + ((x.Imaginary - p.Im) * (x.Imaginary - p.Im)));
        return new Complex(re, im);
    }
}
