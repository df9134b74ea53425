namespace BcnnSim.Trainer.Data.Captures;

/// <summary>Reads a burst and brings it to unit mean power, as generated bursts are; one without power stays 0.</summary>
internal static class BurstReader
{
    /// <summary>Whether the burst has power.</summary>
    public static bool Read(SampleFile file, long start, double[] re, double[] im)
    {
        file.Read(start, re, im);
        double power = RadioBurstGenerator.MeanPower(re, im); // squares of every float lie well within a double
        if (power == 0)
        {
            return false;
        }

        Scale(1 / Math.Sqrt(power), re, im);
        return true;
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
