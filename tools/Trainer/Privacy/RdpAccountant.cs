using MathNet.Numerics;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// Privacy spent by the subsampled Gaussian mechanism in Renyi divergences (Mironov, Talwar, Zhang, arXiv 1908.10530, sections 3.1 to 3.3), Poisson sampling,
/// orders 1.1 to 64; converted by epsilon = rdp + log(1/delta)/(order - 1) (Mironov, CSF 2017), the least over the orders.
/// </summary>
public static class RdpAccountant
{
    // A term below e^-30 of a sum that is at least 1 changes nothing that is printed.
    private const double LeastTerm = -30;

    private static readonly double[] Orders = [.. Enumerable.Range(1, 99).Select(i => 1 + (i / 10.0)), .. Enumerable.Range(11, 54).Select(i => (double)i)];

    /// <param name="rate">Chance of a frame to be in a step, 0..1.</param>
    /// <param name="sigma">Noise over clipping norm; 0 spends everything.</param>
    /// <param name="steps">Steps taken.</param>
    /// <param name="delta">In (0, 1).</param>
    public static double Epsilon(double rate, double sigma, long steps, double delta) =>
        steps == 0 || rate == 0 ? 0
        : sigma <= 0 ? double.PositiveInfinity
        : Orders.Min(order => (steps * Divergence(rate, sigma, order)) - (Math.Log(delta) / (order - 1)));

    /// <summary>Renyi divergence of one step at an order above 1.</summary>
    public static double Divergence(double rate, double sigma, double order) => rate >= 1
        ? order / (2 * sigma * sigma)
        : (double.IsInteger(order) ? LogMomentWhole(rate, sigma, (int)order) : LogMoment(rate, sigma, order)) / (order - 1);

    // log sum over k of C(order, k) (1-q)^(order-k) q^k exp((k^2 - k) / 2 sigma^2).
    private static double LogMomentWhole(double q, double sigma, int order)
    {
        double sum = double.NegativeInfinity;
        for (int k = 0; k <= order; k++)
        {
            double choose = SpecialFunctions.GammaLn(order + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(order - k + 1);
            sum = LogAdd(sum, choose + (k * Math.Log(q)) + ((order - k) * Math.Log(1 - q)) + (((k * k) - k) / (2 * sigma * sigma)), 1);
        }

        return sum;
    }

    // The two series of section 3.3, split where both densities are equal.
    private static double LogMoment(double q, double sigma, double order)
    {
        double left = double.NegativeInfinity, right = double.NegativeInfinity, coefficient = 1;
        double middle = (sigma * sigma * Math.Log((1 / q) - 1)) + 0.5;
        for (int i = 0; ; i++)
        {
            coefficient *= i == 0 ? 1 : (order - i + 1) / i;
            double rest = order - i, size = Math.Log(Math.Abs(coefficient));
            double first = size + (i * Math.Log(q)) + (rest * Math.Log(1 - q)) + ((((double)i * i) - i) / (2 * sigma * sigma)) + LogTail((i - middle) / (Math.Sqrt(2) * sigma));
            double second = size + (rest * Math.Log(q)) + (i * Math.Log(1 - q)) + (((rest * rest) - rest) / (2 * sigma * sigma)) + LogTail((middle - rest) / (Math.Sqrt(2) * sigma));
            left = LogAdd(left, first, Math.Sign(coefficient));
            right = LogAdd(right, second, Math.Sign(coefficient));
            if (Math.Max(first, second) < LeastTerm)
            {
                return LogAdd(left, right, 1);
            }
        }
    }

    // log(erfc(x) / 2); far out by its asymptotic series, where erfc itself vanishes.
    private static double LogTail(double x)
    {
        double erfc = SpecialFunctions.Erfc(x);
        return erfc > 0
            ? Math.Log(erfc / 2)
            : -(x * x) - Math.Log(2 * x * Math.Sqrt(Math.PI)) - (0.5 / (x * x)) + (0.625 / Math.Pow(x, 4)) - (37.0 / 24 / Math.Pow(x, 6)) + (353.0 / 64 / Math.Pow(x, 8));
    }

    // log(e^a + sign e^b); a is the larger where b is taken away.
    private static double LogAdd(double a, double b, int sign)
    {
        double top = Math.Max(a, b);
        return double.IsNegativeInfinity(top) ? top : top + Math.Log(Math.Exp(a - top) + (sign * Math.Exp(b - top)));
    }
}
