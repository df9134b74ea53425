using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

/// <summary>Uniform width scaling: the narrower network that any structure has to beat.</summary>
public class WidthBaselineTests
{
    /// <summary>Filters of a uniform share from new weights are that network, whatever the comparison prunes and however it allocates.</summary>
    [Theory]
    [InlineData("none", "real-float", "unstructured")]
    [InlineData("none", "real-float", "kernel")]
    [InlineData("gated", "complex-binary", "column")]
    [InlineData("gated", "complex-binary", "block")]
    public void It_is_the_same_network_beside_every_structure(string route, string arithmetic, string structure)
    {
        using var filters = new ComparisonFixture(route, Contenders.Magnitude + ", " + Contenders.Scratch, "\"filter\"", arithmetic: arithmetic);
        Assert.Equal(0, filters.Compare());
        using var others = new ComparisonFixture(route, Contenders.Magnitude + ", " + Contenders.Width, $"\"{structure}\"", arithmetic: arithmetic);
        others.Change("\"allocation\": \"uniform\"", "\"allocation\": \"norm\"");
        Assert.Equal(0, others.Compare());
        Assert.Equal(filters.RowLosses("scratch-filter-1.5x-s1", "scratch"), others.RowLosses($"width-{structure}-1.5x-s1", "scratch"));
        Dictionary<string, string> expected = filters.Rows()[1], made = others.Rows()[1];
        Assert.Equal(structure, made["structure"]);
        Assert.All(["rate", "laneOperationRate", "images", "hardPrune", "best", "test"], column => Assert.Equal(expected[column], made[column]));
    }

    /// <summary>Its weights are no more than those that stay beside it; the rate it reaches stands in its row.</summary>
    [Fact]
    public void It_has_no_more_weights_than_were_asked_for()
    {
        using var comparison = new ComparisonFixture("none", Contenders.Magnitude + ", " + Contenders.Width, "\"unstructured\"", arithmetic: "real-float");
        comparison.Change("[1.5]", "[1.5, 3]");
        Assert.Equal(0, comparison.Compare());
        Assert.All(
            comparison.Rows().Where(row => row["label"] == "width"),
            row => Assert.InRange(double.Parse(row["rate"], System.Globalization.CultureInfo.InvariantCulture), double.Parse(row["rateAsked"], System.Globalization.CultureInfo.InvariantCulture), 6));
    }

    [Fact]
    public void A_rate_that_no_narrower_network_has_is_refused()
    {
        using var comparison = new ComparisonFixture("none", Contenders.Magnitude + ", " + Contenders.Width, "\"unstructured\"", arithmetic: "real-float");
        comparison.Change("[1.5]", "[500]");
        (int code, _, string error) = comparison.Printed();
        Assert.Equal(2, code);
        Assert.Contains("contenders.width.rates: 500: must be reachable: without emptying a layer filter pruning gives", error, StringComparison.Ordinal);
    }
}
