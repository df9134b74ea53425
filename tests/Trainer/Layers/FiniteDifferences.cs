using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

/// <summary>Gradients against central differences in double precision, number by number.</summary>
internal static class FiniteDifferences
{
    /// <summary>Least distance of values from the kinks of activations and pooling, a hundred steps.</summary>
    public const double KinkDistance = 1e-3;

    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>Numbers that a loss depends on.</summary>
    public delegate Span<double> Numbers();

    /// <summary>Every number's slope is its gradient, and not all of them are 0.</summary>
    public static void AssertSlopes(string name, double[] gradient, Numbers numbers, Func<double> loss)
    {
        Assert.Equal(gradient.Length, numbers().Length);
        Assert.Contains(gradient, value => Math.Abs(value) > 1e-3);
        for (int i = 0; i < gradient.Length; i++)
        {
            double slope = Slope(numbers, i, Step, loss);
            Assert.True(Math.Abs(slope - gradient[i]) < Tolerance, $"{name}[{i}]: slope {slope:E8}, gradient {gradient[i]:E8}");
        }
    }

    /// <summary>Central difference at one number, which is put back.</summary>
    public static double Slope(Numbers numbers, int index, double step, Func<double> loss)
    {
        double keep = numbers()[index];
        double At(double value)
        {
            numbers()[index] = value;
            return loss();
        }

        double slope = (At(keep + step) - At(keep - step)) / (2 * step);
        numbers()[index] = keep;
        return slope;
    }

    /// <summary>The first seed from <paramref name="seed"/> on that keeps all values away from kinks.</summary>
    /// <param name="seed">Where to begin.</param>
    /// <param name="distance">Least distance from a kink of what a seed makes.</param>
    public static int SeedAwayFromKinks(int seed, Func<int, double> distance)
    {
        int found = Enumerable.Range(seed, 200).FirstOrDefault(candidate => distance(candidate) >= KinkDistance, -1);
        Assert.True(found >= 0, "no seed keeps its distance: take fewer values");
        return found;
    }

    /// <summary>Least distance of values from the kinks of an activation.</summary>
    public static double Distance(ReadOnlySpan<double> values, ActivationKind activation)
    {
        double least = double.PositiveInfinity;
        foreach (double value in values)
        {
            least = Math.Min(least, activation switch
            {
                ActivationKind.Relu => Math.Abs(value),
                ActivationKind.Hardtanh => Math.Abs(Math.Abs(value) - NormActivation<double>.Bound),
                _ => least,
            });
        }

        return least;
    }

    /// <summary>Sum of products: a loss whose gradient is <paramref name="weights"/>.</summary>
    public static double Weighted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * weights[i];
        }

        return sum;
    }
}
