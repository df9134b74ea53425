using BcnnSim.Trainer.Comparison;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class PairedDifferenceTests
{
    [Fact]
    public void Interval_is_that_of_Students_t()
    {
        // 1, 2, 3, 4, 5: mean 3, standard error sqrt(2.5 / 5), t(0.975, 4) = 2.776445.
        PairedDifference d = PairedDifference.Of([1, 2, 3, 4, 5]);
        Assert.Equal(3, d.Mean, 12);
        Assert.Equal(3 - (2.776445 * Math.Sqrt(0.5)), d.Low, 5);
        Assert.Equal(0.0132, d.P, 4);
    }

    [Fact]
    public void One_pair_says_nothing() => Assert.Equal(new(0.5, 0.5, 0.5, 1, 1), PairedDifference.Of([0.5]));

    /// <summary>Two accuracies of 220 frames agree by chance; that is no certainty.</summary>
    [Fact]
    public void Differences_without_spread_are_no_evidence() => Assert.Equal(new(-0.25, -0.25, -0.25, 1, 2), PairedDifference.Of([-0.25, -0.25]));

    [Fact]
    public void Holm_multiplies_by_the_hypotheses_left_and_never_falls() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], PairedDifference.Holm([0.01, 0.03, 0.04, 0.005]).Select(p => Math.Round(p, 12)));
}
