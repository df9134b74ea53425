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
        re.Clear();
        im.Clear();
        for (int tone = 0; tone < tones; tone++)
        {
            double frequency = lowPerSample + (strip * (tone + random.NextUniform()));
            AddTone(frequency, sigma * random.NextNormal(), sigma * random.NextNormal(), re, im);
        }
    }

    private static void AddTone(double frequency, double toneRe, double toneIm, Span<double> re, Span<double> im)
    {
        (double stepIm, double stepRe) = Math.SinCos(Math.Tau * frequency);
        for (int n = 0; n < re.Length; n++)
        {
            re[n] += toneRe;
            im[n] += toneIm;
            (toneRe, toneIm) = ((toneRe * stepRe) - (toneIm * stepIm), (toneRe * stepIm) + (toneIm * stepRe));
        }
    }
}
