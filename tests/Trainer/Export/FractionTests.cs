using BcnnSim.Trainer.Export;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

public class FractionTests
{
    [Fact]
    public void The_nearest_fraction_is_as_near_as_the_nearest_of_all_denominators()
    {
        double[] values = [0, 1, 0.5, 1e-9, 1 - 1e-9, 1.0 / 3, .. SeededValues.Uniform(61, 400).Select(x => Math.Abs(x) % 1)];
        foreach (double value in values)
        {
            foreach (int limit in (int[])[1, 2, 7, 100, 997])
            {
                Fraction found = Fraction.Nearest(value, limit);
                Assert.InRange(found.Denominator, 1, limit);
                Assert.InRange(found.Numerator, 0, found.Denominator);
                double best = Enumerable.Range(1, limit).Min(d => Math.Abs((Math.Round(value * d) / d) - value));
                Assert.True(Math.Abs(((double)found.Numerator / found.Denominator) - value) <= best + 1e-15, $"{found} for {value} up to {limit}");
            }
        }
    }

    [Fact]
    public void Int16_leaves_billionths_on_average_where_rounding_leaves_eight_millionths()
    {
        double[] values = [.. SeededValues.Uniform(62, 2000).Select(x => Math.Abs(x) % 1)];
        double Mean(Func<double, double> found) => values.Average(value => Math.Abs(found(value) - value));
        Assert.InRange(Mean(value => Fraction.Nearest(value, 32767) is var f ? (double)f.Numerator / f.Denominator : 0), 0, 5e-9);
        Assert.InRange(Mean(value => Math.Round(value * 32767) / 32767), 7e-6, 9e-6);
    }
}
