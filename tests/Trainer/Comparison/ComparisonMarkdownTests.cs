using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class ComparisonMarkdownTests
{
    private const string Magnitude = """{ "label": "magnitude", "method": { "method": "magnitude" } }""";
    private const string Twin = """{ "label": "scratch", "method": null, "baseline": "scratch" }""";

    [Fact]
    public void The_page_says_in_percent_what_the_table_says_and_leaves_empty_columns_out()
    {
        using var comparison = new ComparisonFixture("gated", Magnitude + ", " + Twin, "\"filter\"", "1, 2");
        comparison.Change("\"tiny\"", "\"tiny | of two seeds\"");
        Assert.Equal(0, comparison.Compare());
        string[] page = [.. File.ReadAllLines(Path.Combine(comparison.Run, "comparison.md"))];
        Assert.Equal("# tiny | of two seeds", page[0]);
        string[][] cells = [.. page.Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
        Assert.Equal(4, cells.Length);
        Assert.DoesNotContain("frames/s", cells[0]);
        Assert.Equal("hard prune against magnitude", cells[0][8]);
        IReadOnlyList<Dictionary<string, string>> table = comparison.Table("comparison.csv");
        foreach ((string[] row, Dictionary<string, string> line) in cells.Skip(2).Zip(table))
        {
            Assert.Equal([line["structure"], line["rateAsked"] + "x", line["label"], "2"], row[..4]);
            Assert.Equal(100 * Number(line["hardPrune"]), Number(row[5]), 0.051);
            Assert.Equal(100 * Number(line["test"]), Number(row[7].Split(' ')[0]), 0.051);
        }

        Assert.Equal(string.Empty, cells[2][8]); // itself
        Assert.Equal(100 * Number(table[1]["testDifference"]), Number(cells[3][9].Split(' ')[0]), 0.051);
        Dictionary<string, string> pair = Assert.Single(comparison.Table("pairs.csv"));
        Assert.Equal(("magnitude", "scratch", "2"), (pair["label"], pair["against"], pair["seeds"]));
        Assert.Equal(-Number(table[1]["testDifference"]), Number(pair["testDifference"]));
    }

    [Fact]
    public void A_hard_prune_that_signs_follow_is_told_from_what_they_leave()
    {
        using var comparison = new ComparisonFixture("after", Magnitude, "\"filter\"");
        Assert.Equal(0, comparison.Compare());
        Dictionary<string, string> line = Assert.Single(comparison.Table("comparison.csv"));
        string[] cells = File.ReadAllLines(Path.Combine(comparison.Run, "comparison.md")).Last(text => text.StartsWith('|')).Trim('|').Split('|', StringSplitOptions.TrimEntries);
        Assert.Equal(System.FormattableString.Invariant($"{100 * Number(line["binarized"]):F1} ({100 * Number(line["hardPrune"]):F1} before)"), cells[5]);
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
