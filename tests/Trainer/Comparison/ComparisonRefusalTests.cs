using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

/// <summary>Comparisons that are wrong are refused before any work, with place and rule.</summary>
public class ComparisonRefusalTests
{
    [Theory]
    [InlineData("\"reference\": \"magnitude\"", "\"reference\": \"best\"", "must be the label of a contender")]
    [InlineData("\"rates\": [1.5]", "\"rates\": [0.5]", "must lie in 1..10000")]
    [InlineData("\"rates\": [1.5]", "\"rates\": [900]", "without emptying a layer")]
    [InlineData("\"block\": [4, 8],", "", "must be [Po, Pi]")]
    [InlineData("\"binarization\": \"after\"", "\"binarization\": \"none\"", "must be none for float weights")]
    [InlineData("\"seeds\": [1]", "\"seeds\": [1, 1]", "must not name anything twice")]
    [InlineData("\"method\": \"magnitude\"", "\"method\": \"magic\"", "must be one of magnitude")]
    [InlineData("\"epochs\": 2, \"images\": null", "\"epochs\": 2, \"images\": 40", "the twin from scratch sees as many images")]
    [InlineData("\"label\": \"magnitude\",", "\"label\": \"magnitude\", \"epochs\": 3,", "is of the baselines scratch and width alone")]
    [InlineData("\"label\": \"magnitude\",", "\"label\": \"magnitude\", \"rates\": [1.5, 4],", "must be among the comparison's rates (1.5)")]
    [InlineData("\"label\": \"magnitude\",", "\"label\": \"magnitude\", \"structures\": [\"column\"],", "must be among the comparison's structures")]
    [InlineData("\"label\": \"magnitude\",", "\"label\": \"magnitude\", \"rates\": [],", "must have 1..")]
    [InlineData("\"contenders\": [", "\"contenders\": [{ \"label\": \"MAGNITUDE\", \"method\": { \"method\": \"slr\" } }, ", "must not name anything twice")]
    [InlineData("\"training\": \"training.json\"", "\"training\": \"absent.json\"", "absent.json")]
    [InlineData("\"block\": [4, 8],", "\"block\": [4, 8], \"design\": \"u280-reference.json\",", "must be left out beside design")]
    public void A_wrong_comparison_is_refused_with_place_and_rule(string from, string to, string rule)
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"block\"");
        comparison.Change(from, to);
        Refused(comparison, rule);
    }

    [Theory]
    [InlineData("after", Contenders.Magnitude + ", " + Contenders.Slr, "contenders[1].method", "needs prune.epochs of at least 1: it trains towards its target")]
    [InlineData("gated", Contenders.Magnitude, "contenders[0].binarization", "needs prune.epochs of at least 1, in which groups fade")]
    public void What_trains_towards_its_target_needs_epochs(string route, string contenders, string place, string rule)
    {
        using var comparison = new ComparisonFixture(route, contenders, "\"filter\"");
        comparison.Change("\"prune\": { \"epochs\": 1,", "\"prune\": { \"epochs\": 0,");
        Refused(comparison, place, rule);
    }

    [Fact]
    public void Tables_of_no_rows_are_refused_and_not_written()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude, "\"filter\"");
        Refuses("must be a folder with finished rows");
        Assert.False(Directory.Exists(comparison.Run), "refused tables made the folder");
        Directory.CreateDirectory(comparison.Run);
        Refuses("must hold finished rows of this comparison");
        Assert.False(File.Exists(Path.Combine(comparison.Run, "comparison.md")));

        void Refuses(string rule)
        {
            (int code, _, string error) = comparison.Printed("--tables");
            Assert.Equal(2, code);
            Assert.Contains($"--run: {comparison.Run}: {rule}", error, StringComparison.Ordinal);
        }
    }

    private static void Refused(ComparisonFixture comparison, params string[] saying)
    {
        (int code, _, string error) = comparison.Printed();
        Assert.Equal(2, code);
        Assert.All(saying, text => Assert.Contains(text, error, StringComparison.Ordinal));
    }
}
