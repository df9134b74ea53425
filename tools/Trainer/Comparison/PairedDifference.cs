using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Mean of paired differences with its 95 % t interval and the two-sided p of "no difference".</summary>
/// <param name="Mean">Of the differences.</param>
/// <param name="Low">Lower bound; equal to the mean with fewer than two pairs.</param>
/// <param name="High">Upper bound.</param>
/// <param name="P">1 with fewer than two pairs, and where all differences are the same: accuracies are counts, and a few agree by chance.</param>
/// <param name="Pairs">Number of pairs.</param>
public sealed record PairedDifference(double Mean, double Low, double High, double P, int Pairs)
{
    public static PairedDifference Of(IReadOnlyList<double> differences)
    {
        double mean = differences.Mean();
        if (differences.Count < 2)
        {
            return new(mean, mean, mean, 1, differences.Count);
        }

        double error = differences.StandardDeviation() / Math.Sqrt(differences.Count);
        double half = StudentT.InvCDF(0, 1, differences.Count - 1, 0.975) * error;
        double p = error > 0 ? 2 * (1 - StudentT.CDF(0, 1, differences.Count - 1, Math.Abs(mean) / error)) : 1;
        return new(mean, mean - half, mean + half, p, differences.Count);
    }

    /// <summary>Holm's correction: each p times the number of hypotheses not yet rejected, never falling, at most 1.</summary>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var corrected = new double[p.Count];
        double largest = 0;
        foreach ((int rank, int at) in Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ThenBy(i => i).Index())
        {
            largest = Math.Max(largest, Math.Min(1, p[at] * (p.Count - rank)));
            corrected[at] = largest;
        }

        return corrected;
    }
}
