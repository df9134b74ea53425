using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class ComparisonMarkdownTests
{
    [Fact]
    public void The_page_says_in_percent_what_the_table_says_and_leaves_empty_columns_out()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.RandomGroups + ", " + Contenders.Scratch, "\"filter\"", "1, 2");
        comparison.Change("\"tiny\"", "\"tiny | of two seeds\"");
        Assert.Equal(0, comparison.Compare());
        string[] page = [.. File.ReadAllLines(Path.Combine(comparison.Run, "comparison.md"))];
        Assert.Equal("# tiny | of two seeds", page[0]);
        string[][] cells = [.. page.Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
        Assert.Equal(5, cells.Length);
        Assert.DoesNotContain("frames/s", cells[0]);
        Assert.Equal("hard prune against magnitude", cells[0][9]);
        IReadOnlyList<Dictionary<string, string>> table = comparison.Table("comparison.csv");
        foreach ((string[] row, Dictionary<string, string> line) in cells.Skip(2).Zip(table))
        {
            Assert.Equal([line["structure"], line["rateAsked"] + "x"], row[..2]);
            Assert.Equal([line["label"], "2"], row[3..5]);
            Assert.Equal(Number(line["laneOperationRate"]), Number(row[2].Split(" / ")[1]), 0.051);
            Assert.Equal(100 * Number(line["test"]), Number(row[8].Split(' ')[0]), 0.051);
        }

        Assert.Equal(string.Empty, cells[2][9]); // itself
        Assert.All(cells.Skip(2).Zip(table).Take(2), line => Assert.Equal(100 * Number(line.Second["hardPrune"]), Number(line.First[6]), 0.051));
        Assert.All([cells[4][6], cells[4][9], cells[4][10], table[2]["hardPrune"], table[2]["hardPruneDifference"], table[2]["hardPruneHolmP"]], Assert.Empty); // from scratch
        Assert.Equal(Number(table[1]["hardPruneHolmP"]), Number(cells[3][10]), 0.0001);
        Assert.Equal(100 * Number(table[1]["testDifference"]), Number(cells[3][11].Split(' ')[0]), 0.051);
        IReadOnlyList<Dictionary<string, string>> pairs = comparison.Table("pairs.csv");
        Assert.Equal([("magnitude", "random", "2"), ("magnitude", "scratch", "2"), ("random", "scratch", "2")], pairs.Select(pair => (pair["label"], pair["against"], pair["seeds"])));
        Assert.Equal(-Number(table[1]["testDifference"]), Number(pairs[0]["testDifference"]));
        Assert.Equal([-Number(table[1]["hardPruneDifference"]), 0, 0], pairs.Select(pair => pair["hardPruneDifference"].Length == 0 ? 0 : Number(pair["hardPruneDifference"])));
    }

    [Fact]
    public void A_hard_prune_that_signs_follow_is_told_from_what_they_leave()
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"filter\"");
        Assert.Equal(0, comparison.Compare());
        Dictionary<string, string> line = Assert.Single(comparison.Table("comparison.csv"));
        string[] cells = File.ReadAllLines(Path.Combine(comparison.Run, "comparison.md")).Last(text => text.StartsWith('|')).Trim('|').Split('|', StringSplitOptions.TrimEntries);
        Assert.Equal(System.FormattableString.Invariant($"{100 * Number(line["binarized"]):F1} ({100 * Number(line["hardPrune"]):F1} before)"), cells[6]);
    }

    /// <summary>What the papers call negligible is a bound on the loss to a dense network that was trained as long, not to the one the pruning began with.</summary>
    [Fact]
    public void The_loss_is_that_to_a_dense_network_of_any_rate_trained_on_alike()
    {
        using var comparison = new ComparisonFixture("gated", $$"""{{Contenders.Magnitude}}, { "label": "dense", "method": null, "baseline": "dense" }""", "\"filter\"", "1, 2");
        comparison.Change("\"rates\": [1.5]", "\"rates\": [1.5, 2]");
        comparison.Change("\"baseline\": \"dense\"", "\"baseline\": \"dense\", \"rates\": [1.5]");
        Assert.Equal(0, comparison.Compare());
        IReadOnlyList<Dictionary<string, string>> rows = comparison.Table("rows.csv"), lines = comparison.Table("comparison.csv");
        double Test(string label, string rate) => rows.Where(row => (row["label"], row["rateAsked"]) == (label, rate)).Average(row => Number(row["test"]));
        foreach (Dictionary<string, string> line in lines.Where(line => line["label"] == "magnitude"))
        {
            Assert.Equal(Test("dense", "1.5") - Test("magnitude", line["rateAsked"]), Number(line["denseLoss"]), 1e-4);
            Assert.Equal(Number(line["denseLossHigh"]) < 0.01 ? "yes" : "no", line["negligible"]);
        }

        Assert.Equal(string.Empty, Assert.Single(lines, line => line["label"] == "dense")["negligible"]);
        Assert.Contains("loss to dense trained on", File.ReadAllText(Path.Combine(comparison.Run, "comparison.md")), StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
