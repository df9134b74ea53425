namespace BcnnSim.Trainer.Data;

/// <summary>
/// Rician fading by a sum of sinusoids (Xiao, Zheng, Beaulieu, IEEE Trans. Wireless Commun. 5(12), 2006):
/// diffuse part u = 1/sqrt(N) sum_n exp(i(w_d t cos a_n + phi_n)), a_n = (2 pi n + theta_n)/N, theta_n and phi_n uniform on
/// (-pi, pi]; h = (u + sqrt(K) exp(i(w_d t cos theta_0 + phi_0))) / sqrt(1 + K). E|h|^2 = 1 and
/// E h(t) conj(h(t - s)) = J0(w_d s).
/// </summary>
public static class FadingProcess
{
    /// <summary>Exact values every so many samples, straight lines between: the phase moves by less than 0.06 rad in a step.</summary>
    public const int Stride = 16;

    /// <summary>Writes one gain per sample.</summary>
    /// <param name="random">Stream of the burst.</param>
    /// <param name="sinusoids">N; 0 gives the constant gain 1.</param>
    /// <param name="dopplerPerSample">Maximum Doppler over the sample rate.</param>
    /// <param name="ricianFactor">K.</param>
    /// <param name="re">Real parts of the gains.</param>
    /// <param name="im">Imaginary parts of the gains.</param>
    public static void Fill(
        BurstRandom random, int sinusoids, double dopplerPerSample, double ricianFactor, Span<double> re, Span<double> im)
    {
        re.Fill(sinusoids == 0 ? 1 : 0);
        im.Clear();
        if (sinusoids == 0)
        {
            return;
        }

        double diffuse = 1 / Math.Sqrt(sinusoids * (1 + ricianFactor));
        for (int n = 0; n < sinusoids; n++)
        {
            double angle = ((Math.Tau * n) + random.NextUniform(-Math.PI, Math.PI)) / sinusoids;
            AddWave(diffuse, random.NextUniform() * Math.Tau, Math.Tau * dopplerPerSample * Math.Cos(angle), re, im);
        }

        if (ricianFactor > 0)
        {
            double direct = Math.Sqrt(ricianFactor / (1 + ricianFactor));
            double angle = random.NextUniform(-Math.PI, Math.PI);
            AddWave(direct, random.NextUniform() * Math.Tau, Math.Tau * dopplerPerSample * Math.Cos(angle), re, im);
        }

        Interpolate(re);
        Interpolate(im);
    }

    /// <summary>Adds one wave on the multiples of the stride and on the last sample.</summary>
    private static void AddWave(double amplitude, double phase, double step, Span<double> re, Span<double> im)
    {
        for (int n = 0; n < re.Length; n += Stride)
        {
            AddAt(n, re, im);
        }

        if ((re.Length - 1) % Stride != 0)
        {
            AddAt(re.Length - 1, re, im);
        }

        void AddAt(int n, Span<double> re, Span<double> im)
        {
            (double sin, double cos) = Math.SinCos(phase + (step * n));
            re[n] += amplitude * cos;
            im[n] += amplitude * sin;
        }
    }

    private static void Interpolate(Span<double> values)
    {
        for (int n = 0; n < values.Length - 1; n += Stride)
        {
            int end = Math.Min(n + Stride, values.Length - 1);
            double slope = (values[end] - values[n]) / (end - n);
            for (int k = n + 1; k < end; k++)
            {
                values[k] = values[n] + (slope * (k - n));
            }
        }
    }
}
