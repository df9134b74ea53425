using BcnnSim.Trainer.Privacy;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class PrivacyCurveTests
{
    private static readonly (double, double, bool)[] Points = [(0.80, 0.52, true), (0.86, 0.55, true), (0.84, 0.54, true), (0.85, 0.60, false), (0.82, 0.545, true)];

    [Fact]
    public void Points_beaten_in_both_accuracies_are_no_part_of_the_curve() =>
        Assert.Equal([(0.80, 0.52, true), (0.84, 0.54, true), (0.86, 0.55, true)], PrivacyCurve.Best(Points));

    [Theory]
    [InlineData(0.00, 0.545, true)] // above the undefended network, which is dominated: between 0.84 and 0.86
    [InlineData(0.03, 0.53, true)]
    [InlineData(0.049, 0.5205, true)]
    public void At_an_accuracy_between_two_points_a_line_joins_them(double below, double attack, bool own)
    {
        (double Attack, bool Own) found = Curve().Below(below)!.Value;
        Assert.Equal((Math.Round(attack, 9), own), (Math.Round(found.Attack, 9), found.Own));
    }

    [Fact]
    public void Beyond_its_points_a_curve_says_nothing() => Assert.Null(Curve().Below(0.06));

    [Fact]
    public void A_line_to_the_undefended_network_is_not_the_defences_own()
    {
        var curve = new PrivacyCurve("d", 1, 0.85, PrivacyCurve.Best([(0.80, 0.50, true), (0.85, 0.60, false)]));
        Assert.Equal((0.55, false), (Math.Round(curve.Below(0.025)!.Value.Attack, 9), curve.Below(0.025)!.Value.Own));
    }

    private static PrivacyCurve Curve() => new("d", 1, 0.85, PrivacyCurve.Best(Points));
}
