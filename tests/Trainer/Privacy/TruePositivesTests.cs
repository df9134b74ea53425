using BcnnSim.Trainer.Privacy.Attacks;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class TruePositivesTests
{
    /// <summary>Of 200 others two may be called members.</summary>
    [Theory]
    [InlineData(197.5, 0.25)] // three others lie above it
    [InlineData(198.5, 0.5)] // two
    [InlineData(500, 0.5)]
    public void Members_above_all_but_one_percent_of_the_others_are_found(double second, double expected)
    {
        double[] others = [.. Enumerable.Range(1, 200).Select(i => (double)i)];
        Assert.Equal(expected, TruePositives.At([199.5, second, 100, -1], others));
    }

    [Fact]
    public void Others_that_share_a_score_are_passed_together_or_not_at_all()
    {
        double[] others = [.. Enumerable.Repeat(1.0, 5), .. Enumerable.Repeat(0.0, 195)];
        Assert.Equal(0, TruePositives.At([1, 1, 0], others)); // five of two hundred at once
        Assert.Equal(1.0 / 3, TruePositives.At([2, 1, 0], others));
    }

    [Fact]
    public void Nothing_below_every_bar_is_found() => Assert.Equal(0, TruePositives.At([double.NegativeInfinity], [.. Enumerable.Repeat(double.NegativeInfinity, 100)]));
}
