namespace BcnnSim.Trainer.Data;

/// <summary>
/// From a clean waveform to the received one, without noise: sample clock, paths, fading, carrier, in this order:
/// y[n] = exp(i phase[n]) * sum over paths h_p[n] * s(t[n] - delay_p).
/// </summary>
public static class RadioChannel
{
    /// <summary>Samples of the clean waveform before the first read position at delay 0.</summary>
    public const int Lead = 32;

    /// <summary>Samples after the last: half the interpolator, the random start and the drift of the clock.</summary>
    public const int Tail = 32;

    /// <summary>Length of the clean waveform for a burst of that many samples.</summary>
    public static int SourceLength(int samples) => Lead + samples + Tail;

    /// <summary>Receives one burst; returns the read position of sample 0 in the source and the carrier phase there.</summary>
    public static (double Start, double Phase) Receive(
        ChannelPreset preset,
        BurstRandom random,
        ReadOnlySpan<double> sourceRe,
        ReadOnlySpan<double> sourceIm,
        Span<double> re,
        Span<double> im)
    {
        double start = Lead + random.NextUniform(0, ModulationParameters.SamplesPerSymbol.Value);
        double phase = random.NextUniform(0, Math.Tau);
        double[] positions = Positions(preset, random, start, re.Length);
        re.Clear();
        im.Clear();
        for (int p = 0; p < preset.Paths.Count; p++)
        {
            AddPath(preset, p, random, positions, sourceRe, sourceIm, re, im);
        }

        Rotate(preset, random, phase, re, im);
        return (start, phase);
    }

    private static double[] Positions(ChannelPreset preset, BurstRandom random, double start, int samples)
    {
        var positions = new double[samples];
        preset.SampleRateOffset.Fill(random, positions);
        double position = start;
        for (int n = 0; n < samples; n++)
        {
            double step = 1 + (positions[n] / preset.SampleRate.Value);
            positions[n] = position;
            position += step;
        }

        return positions;
    }

    private static void AddPath(
        ChannelPreset preset,
        int index,
        BurstRandom random,
        double[] positions,
        ReadOnlySpan<double> sourceRe,
        ReadOnlySpan<double> sourceIm,
        Span<double> re,
        Span<double> im)
    {
        ChannelPath path = preset.Paths[index];
        double delay = path.DelayIsRayleigh
            ? Math.Min(random.NextRayleigh(path.Delay.Value), ChannelPreset.LongestDelay)
            : path.Delay.Value;
        var gainRe = new double[positions.Length];
        var gainIm = new double[positions.Length];
        FadingProcess.Fill(
            random,
            (int)preset.Sinusoids.Value,
            preset.MaximumDoppler.Value / preset.SampleRate.Value,
            index == 0 ? preset.RicianFactor.Value : 0,
            gainRe,
            gainIm);
        double magnitude = path.Magnitude.Value;
        for (int n = 0; n < positions.Length; n++)
        {
            (double valueRe, double valueIm) = FractionalSampler.Read(sourceRe, sourceIm, positions[n] - delay);
            re[n] += magnitude * ((gainRe[n] * valueRe) - (gainIm[n] * valueIm));
            im[n] += magnitude * ((gainRe[n] * valueIm) + (gainIm[n] * valueRe));
        }
    }

    private static void Rotate(ChannelPreset preset, BurstRandom random, double phase, Span<double> re, Span<double> im)
    {
        var offsets = new double[re.Length];
        preset.CarrierOffset.Fill(random, offsets);
        for (int n = 0; n < re.Length; n++)
        {
            (double sin, double cos) = Math.SinCos(phase);
            (re[n], im[n]) = ((re[n] * cos) - (im[n] * sin), (re[n] * sin) + (im[n] * cos));
            phase += Math.Tau * offsets[n] / preset.SampleRate.Value;
        }
    }
}
