namespace BcnnSim.Trainer.Data;

/// <summary>One received burst with what a test needs to judge it.</summary>
/// <param name="Modulation">Its class.</param>
/// <param name="SnrDb">Mean signal power after the channel over noise power in the sampled band.</param>
/// <param name="Re">Real parts, signal plus noise, mean |x|^2 = 1.</param>
/// <param name="Im">Imaginary parts.</param>
/// <param name="SignalRe">Real parts of the signal alone, in the same scale.</param>
/// <param name="SignalIm">Imaginary parts of the signal alone.</param>
/// <param name="RollOff">Roll-off drawn for the pulse.</param>
/// <param name="Start">Position of sample 0 in the clean waveform, samples; symbol centres lie on multiples of 8.</param>
/// <param name="Phase">Carrier phase at sample 0, rad.</param>
public sealed record RadioBurst(
    Modulation Modulation,
    double SnrDb,
    double[] Re,
    double[] Im,
    double[] SignalRe,
    double[] SignalIm,
    double RollOff,
    double Start,
    double Phase)
{
    /// <summary>
    /// Es/N0 in dB = SNR + 10 log10(samples per symbol), since N0 is the noise power over the sample rate and
    /// Es the signal power times the symbol time; null for the analog classes, which have no symbols.
    /// </summary>
    public double? EsOverN0Db => ModulationNames.IsAnalog(Modulation)
        ? null
        : EsOverN0(SnrDb);

    /// <summary>Of any digital class at this SNR, dB.</summary>
    public static double EsOverN0(double snrDb) => snrDb + (10 * Math.Log10(ModulationParameters.SamplesPerSymbol.Value));
}
