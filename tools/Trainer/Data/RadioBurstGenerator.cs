namespace BcnnSim.Trainer.Data;

/// <summary>
/// Generates the bursts of a set. Burst (split, index) draws everything - symbols or message, timing, phase, offsets,
/// fading, noise - from its own stream, so no two bursts share a run and results do not depend on order or threads.
/// Bit-equal results are promised on one processor family and runtime: sine and logarithm come from the platform.
/// </summary>
public sealed class RadioBurstGenerator
{
    /// <summary>Checks the design; a bad one is refused with every violation.</summary>
    public RadioBurstGenerator(BurstSetDesign design)
    {
        design.Check();
        Design = design;
    }

    /// <summary>What is generated.</summary>
    public BurstSetDesign Design { get; }

    /// <summary>One burst.</summary>
    public RadioBurst Generate(DataSplit split, int index)
    {
        (int label, double snrDb) = Design.Cell(index);
        Modulation modulation = Design.Modulations[label];
        ChannelPreset channel = Design.Channel;
        var random = new BurstRandom(Design.Seed, Design.Set, split, index);
        double rollOff = random.NextUniform(channel.RollOffLow.Value, channel.RollOffHigh.Value);

        int length = RadioChannel.SourceLength(Design.Samples);
        var sourceRe = new double[length];
        var sourceIm = new double[length];
        Modulator.Fill(modulation, rollOff, channel.SampleRate.Value, random, sourceRe, sourceIm);

        var signalRe = new double[Design.Samples];
        var signalIm = new double[Design.Samples];
        (double start, double phase) = RadioChannel.Receive(channel, random, sourceRe, sourceIm, signalRe, signalIm);

        var re = new double[Design.Samples];
        var im = new double[Design.Samples];
        AddNoise(random, snrDb, signalRe, signalIm, re, im);
        double scale = 1 / Math.Sqrt(MeanPower(re, im));
        Scale(scale, re, im);
        Scale(scale, signalRe, signalIm);
        return new RadioBurst(modulation, snrDb, re, im, signalRe, signalIm, rollOff, start, phase);
    }

    /// <summary>Mean of |x|^2.</summary>
    public static double MeanPower(ReadOnlySpan<double> re, ReadOnlySpan<double> im)
    {
        double sum = 0;
        for (int n = 0; n < re.Length; n++)
        {
            sum += (re[n] * re[n]) + (im[n] * im[n]);
        }

        return sum / re.Length;
    }

    /// <summary>Complex noise of variance sigma^2 = P / 10^(SNR/10), half of it in each component.</summary>
    private static void AddNoise(
        BurstRandom random, double snrDb, double[] signalRe, double[] signalIm, double[] re, double[] im)
    {
        double variance = MeanPower(signalRe, signalIm) / Math.Pow(10, snrDb / 10);
        double deviation = Math.Sqrt(variance / 2);
        for (int n = 0; n < re.Length; n++)
        {
            re[n] = signalRe[n] + (deviation * random.NextNormal());
            im[n] = signalIm[n] + (deviation * random.NextNormal());
        }
    }

    private static void Scale(double factor, double[] re, double[] im)
    {
        for (int n = 0; n < re.Length; n++)
        {
            re[n] *= factor;
            im[n] *= factor;
        }
    }
}
