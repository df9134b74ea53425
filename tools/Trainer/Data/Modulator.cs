namespace BcnnSim.Trainer.Data;

/// <summary>
/// Clean waveforms at 8 samples per symbol, before the channel. Symbols and messages come from the burst's stream;
/// the waveform starts inside a running transmission, never at its beginning.
/// </summary>
public static class Modulator
{
    private static readonly int SamplesPerSymbol = (int)ModulationParameters.SamplesPerSymbol.Value;
    private static readonly double[] GaussTaps = GaussPulse();

    /// <summary>Fills re + i*im with one waveform; the centre of some symbol lies on entry 0.</summary>
    public static void Fill(
        Modulation modulation, double rollOff, double sampleRate, BurstRandom random, Span<double> re, Span<double> im)
    {
        switch (modulation)
        {
            case Modulation.Gfsk:
                FrequencyShift(ModulationParameters.GfskIndex.Value, GaussTaps, random, re, im);
                break;
            case Modulation.Cpfsk:
                FrequencyShift(ModulationParameters.CpfskIndex.Value, [1.0], random, re, im);
                break;
            case Modulation.AmDsb:
            case Modulation.AmSsb:
                Amplitude(modulation, sampleRate, random, re, im);
                break;
            case Modulation.Fm:
                Frequency(sampleRate, random, re, im);
                break;
            default:
                Linear(modulation, rollOff, random, re, im);
                break;
        }
    }

    private static void Linear(Modulation modulation, double rollOff, BurstRandom random, Span<double> re, Span<double> im)
    {
        int span = (int)ModulationParameters.PulseHalfSpan.Value;
        double[] taps = RootRaisedCosine.Taps(rollOff, SamplesPerSymbol, span);
        ReadOnlySpan<(double Re, double Im)> points = Constellations.Of(modulation);
        re.Clear();
        im.Clear();
        int last = (re.Length / SamplesPerSymbol) + span;
        for (int symbol = -span; symbol <= last; symbol++)
        {
            (double symbolRe, double symbolIm) = points[random.NextIndex(points.Length)];
            int first = (symbol - span) * SamplesPerSymbol;
            int from = Math.Max(0, first);
            int to = Math.Min(re.Length, first + taps.Length);
            for (int n = from; n < to; n++)
            {
                re[n] += symbolRe * taps[n - first];
                im[n] += symbolIm * taps[n - first];
            }
        }
    }

    /// <summary>Binary continuous-phase FSK: the phase moves by pi * index * symbol in one symbol.</summary>
    private static void FrequencyShift(double index, double[] pulse, BurstRandom random, Span<double> re, Span<double> im)
    {
        int margin = pulse.Length / 2;
        var levels = new double[re.Length + (2 * margin)];
        double level = 0;
        for (int n = 0; n < levels.Length; n++)
        {
            if (n % SamplesPerSymbol == 0)
            {
                level = random.NextIndex(2) == 0 ? -1 : 1;
            }

            levels[n] = level;
        }

        double phase = 0;
        double step = Math.PI * index / SamplesPerSymbol;
        for (int n = 0; n < re.Length; n++)
        {
            double sum = 0;
            for (int k = 0; k < pulse.Length; k++)
            {
                sum += pulse[k] * levels[n + k];
            }

            (im[n], re[n]) = Math.SinCos(phase);
            phase += step * sum;
        }
    }

    /// <summary>Double sideband with carrier: 1 + a*m. Single sideband: the analytic message, no carrier, upper side.</summary>
    private static void Amplitude(
        Modulation modulation, double sampleRate, BurstRandom random, Span<double> re, Span<double> im)
    {
        MessageProcess.Fill(
            random,
            ModulationParameters.MessageLow.Value / sampleRate,
            ModulationParameters.AmMessageHigh.Value / sampleRate,
            re,
            im);
        if (modulation == Modulation.AmSsb)
        {
            return;
        }

        for (int n = 0; n < re.Length; n++)
        {
            re[n] = 1 + (ModulationParameters.AmIndex.Value * Math.Clamp(re[n], -1, 1));
        }

        im.Clear();
    }

    private static void Frequency(double sampleRate, BurstRandom random, Span<double> re, Span<double> im)
    {
        MessageProcess.Fill(
            random,
            ModulationParameters.MessageLow.Value / sampleRate,
            ModulationParameters.FmMessageHigh.Value / sampleRate,
            re,
            im);
        double step = Math.Tau * ModulationParameters.FmDeviation.Value / sampleRate;
        double phase = 0;
        for (int n = 0; n < re.Length; n++)
        {
            double message = Math.Clamp(re[n], -1, 1);
            (im[n], re[n]) = Math.SinCos(phase);
            phase += step * message;
        }
    }

    /// <summary>Gaussian of -3 dB bandwidth BT / T: sigma = sqrt(ln 2) / (2 pi BT) symbols; unit sum.</summary>
    private static double[] GaussPulse()
    {
        double sigma = Math.Sqrt(Math.Log(2)) / (Math.Tau * ModulationParameters.GfskBandwidthTime.Value) * SamplesPerSymbol;
        int half = (int)ModulationParameters.GaussHalfSpan.Value * SamplesPerSymbol;
        var taps = new double[(2 * half) + 1];
        for (int n = 0; n < taps.Length; n++)
        {
            taps[n] = Math.Exp(-0.5 * (n - half) * (n - half) / (sigma * sigma));
        }

        double sum = taps.Sum();
        return Array.ConvertAll(taps, tap => tap / sum);
    }
}
