using System.Numerics;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Normalised cumulants of a burst (Swami, Sadler, IEEE Trans. Commun. 48(3), 2000), from its own sample moments:
/// C20 = E x^2, C21 = E|x|^2, C40 = E x^4 - 3 C20^2, C42 = E|x|^4 - |C20|^2 - 2 C21^2. Divided by C21 or C21^2.
/// The phase of C20 and C40 only says where the carrier stood, so magnitudes are used.
/// </summary>
public static class CumulantFeatures
{
    /// <summary>Number of features.</summary>
    public const int Count = 3;

    /// <summary>|C20|/C21, |C40|/C21^2, C42/C21^2 of the burst re + i*im.</summary>
    public static double[] Of(ReadOnlySpan<double> re, ReadOnlySpan<double> im)
    {
        Complex second = Complex.Zero;
        Complex fourth = Complex.Zero;
        double power = 0;
        double powerSquared = 0;
        for (int n = 0; n < re.Length; n++)
        {
            var x = new Complex(re[n], im[n]);
            Complex square = x * x;
            double magnitude = (re[n] * re[n]) + (im[n] * im[n]);
            second += square;
            fourth += square * square;
            power += magnitude;
            powerSquared += magnitude * magnitude;
        }

        double scale = 1.0 / re.Length;
        Complex c20 = second * scale;
        double c21 = power * scale;
        Complex c40 = (fourth * scale) - (3 * c20 * c20);
        double c42 = (powerSquared * scale) - (c20.Magnitude * c20.Magnitude) - (2 * c21 * c21);
        return [c20.Magnitude / c21, c40.Magnitude / (c21 * c21), c42 / (c21 * c21)];
    }
}
