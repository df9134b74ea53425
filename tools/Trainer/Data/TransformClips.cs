namespace BcnnSim.Trainer.Data;

/// <summary>
/// How the default clips were chosen: the quantile of |component| of each channel of a transform, over training bursts
/// spread evenly over classes and SNRs.
/// </summary>
public static class TransformClips
{
    /// <summary>One quantile per channel, in units of the transform's own scale (1 = the present clip).</summary>
    /// <param name="generator">Source of bursts; only the training part is read.</param>
    /// <param name="transform">The transform to look at.</param>
    /// <param name="bursts">Number of bursts from the front of the training part.</param>
    /// <param name="quantile">In 0..1, for example 0.999.</param>
    public static double[] Quantiles(RadioBurstGenerator generator, IBurstTransform transform, int bursts, double quantile)
    {
        int pixels = transform.Shape.Pixels;
        int channels = transform.Shape.Channels;
        var magnitudes = new float[channels][];
        for (int c = 0; c < channels; c++)
        {
            magnitudes[c] = new float[2 * pixels * bursts];
        }

        var re = new double[channels * pixels];
        var im = new double[channels * pixels];
        for (int index = 0; index < bursts; index++)
        {
            RadioBurst burst = generator.Generate(DataSplit.Train, index);
            transform.Apply(burst.Re, burst.Im, re, im);
            for (int k = 0; k < re.Length; k++)
            {
                int at = 2 * ((index * pixels) + (k % pixels));
                magnitudes[k / pixels][at] = (float)Math.Abs(re[k]);
                magnitudes[k / pixels][at + 1] = (float)Math.Abs(im[k]);
            }
        }

        return [.. magnitudes.Select(values => Quantile(values, quantile))];
    }

    private static double Quantile(float[] values, double quantile)
    {
        Array.Sort(values);
        return values[(int)Math.Round(quantile * (values.Length - 1))];
    }
}
