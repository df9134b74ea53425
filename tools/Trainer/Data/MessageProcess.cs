using System.Runtime.Intrinsics;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Synthetic message of the analog classes (the public sets play recorded speech and music, which we do not have):
/// a band-limited Gaussian process. The band is cut into equal strips; each strip gives one tone at a uniformly drawn
/// frequency with an independent complex Gaussian amplitude. Given the frequencies the sum is exactly Gaussian,
/// its spectrum is flat on average and empty outside the band, and its Hilbert transform is the imaginary part.
/// </summary>
public static class MessageProcess
{
    /// <summary>Writes the analytic signal m + i*hilbert(m), E m^2 = 1 / peakFactor^2, so full scale 1 is peakFactor sigmas.</summary>
    public static void Fill(BurstRandom random, double lowPerSample, double highPerSample, Span<double> re, Span<double> im)
    {
        int tones = (int)ModulationParameters.MessageTones.Value;
        double sigma = 1 / (ModulationParameters.MessagePeakFactor.Value * Math.Sqrt(tones));
        double strip = (highPerSample - lowPerSample) / tones;
        Span<double> stateRe = stackalloc double[tones];
        Span<double> stateIm = stackalloc double[tones];
        Span<double> stepRe = stackalloc double[tones];
        Span<double> stepIm = stackalloc double[tones];
        for (int tone = 0; tone < tones; tone++)
        {
            double frequency = lowPerSample + (strip * (tone + random.NextUniform()));
            stateRe[tone] = sigma * random.NextNormal();
            stateIm[tone] = sigma * random.NextNormal();
            (stepIm[tone], stepRe[tone]) = Math.SinCos(Math.Tau * frequency);
        }

        for (int n = 0; n < re.Length; n++)
        {
            (re[n], im[n]) = Advance(stateRe, stateIm, stepRe, stepIm);
        }
    }

    /// <summary>Sum of all tones, in an order that is the same on every processor; then one sample further.</summary>
    private static (double Re, double Im) Advance(
        Span<double> stateRe, Span<double> stateIm, ReadOnlySpan<double> stepRe, ReadOnlySpan<double> stepIm)
    {
        Vector256<double> sumRe = Vector256<double>.Zero;
        Vector256<double> sumIm = Vector256<double>.Zero;
        for (int k = 0; k < stateRe.Length; k += Vector256<double>.Count)
        {
            Vector256<double> toneRe = Vector256.Create<double>(stateRe[k..]);
            Vector256<double> toneIm = Vector256.Create<double>(stateIm[k..]);
            Vector256<double> turnRe = Vector256.Create(stepRe[k..]);
            Vector256<double> turnIm = Vector256.Create(stepIm[k..]);
            sumRe += toneRe;
            sumIm += toneIm;
            ((toneRe * turnRe) - (toneIm * turnIm)).CopyTo(stateRe[k..]);
            ((toneRe * turnIm) + (toneIm * turnRe)).CopyTo(stateIm[k..]);
        }

        return ((sumRe[0] + sumRe[2]) + (sumRe[1] + sumRe[3]), (sumIm[0] + sumIm[2]) + (sumIm[1] + sumIm[3]));
    }
}
