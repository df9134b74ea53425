namespace BcnnSim.Trainer.Data;

/// <summary>Root-raised-cosine pulse (Proakis, Digital Communications).</summary>
public static class RootRaisedCosine
{
    /// <summary>
    /// Pulse sampled at <paramref name="samplesPerSymbol"/>, centre tap in the middle, 2*halfSpan*samplesPerSymbol + 1 taps,
    /// sum of squares = samplesPerSymbol: unit-power symbols give a unit-power signal.
    /// </summary>
    public static double[] Taps(double rollOff, int samplesPerSymbol, int halfSpan)
    {
        int half = halfSpan * samplesPerSymbol;
        var taps = new double[(2 * half) + 1];
        double energy = 0;
        for (int n = 0; n < taps.Length; n++)
        {
            taps[n] = At((n - half) / (double)samplesPerSymbol, rollOff);
            energy += taps[n] * taps[n];
        }

        double scale = Math.Sqrt(samplesPerSymbol / energy);
        for (int n = 0; n < taps.Length; n++)
        {
            taps[n] *= scale;
        }

        return taps;
    }

    /// <summary>Value at time <paramref name="t"/> in symbols, not normalised.</summary>
    private static double At(double t, double rollOff)
    {
        const double Near = 1e-9;
        if (Math.Abs(t) < Near)
        {
            return 1 + (rollOff * ((4 / Math.PI) - 1));
        }

        double pole = 4 * rollOff * t;
        if (Math.Abs(Math.Abs(pole) - 1) < Near)
        {
            (double sin, double cos) = Math.SinCos(Math.PI / (4 * rollOff));
            return rollOff / Math.Sqrt(2) * (((1 + (2 / Math.PI)) * sin) + ((1 - (2 / Math.PI)) * cos));
        }

        double numerator = Math.Sin(Math.PI * t * (1 - rollOff)) + (pole * Math.Cos(Math.PI * t * (1 + rollOff)));
        return numerator / (Math.PI * t * (1 - (pole * pole)));
    }
}
