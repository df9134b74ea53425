using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class ComparisonRunTests
{
    [Theory]
    [InlineData("after", "complex-binary")]
    [InlineData("gated", "complex-binary")]
    [InlineData("signs", "complex-binary")]
    [InlineData("none", "real-float")]
    [InlineData("none", "complex-float")]
    public void Every_method_and_baseline_leaves_its_row(string route, string arithmetic)
    {
        string[] methods = ["penalty", "admm", "slr", "reweighted", "group-lasso", "l1"];
        string[] baselines = ["dense", "random", "scratch", "width"];
        string contenders = string.Join(", ", [
            Contenders.Magnitude,
            .. methods.Select(method => $$"""{ "label": "{{method}}", "method": { "method": "{{method}}" } }"""),
            .. baselines.Select(baseline => $$"""{ "label": "{{baseline}}", "method": null, "baseline": "{{baseline}}" }""")]);
        using var comparison = new ComparisonFixture(route, contenders, "\"filter\"", arithmetic: arithmetic);
        Assert.Equal(0, comparison.Compare());
        IReadOnlyList<Dictionary<string, string>> rows = comparison.Rows();
        Assert.Equal(1 + methods.Length + baselines.Length, rows.Count);
        Assert.All(rows, row => Assert.Equal(row["label"] == "dense", row["rate"] == "1"));
        Assert.All(rows, row => Assert.Equal(route == "after" && row["label"] is not ("scratch" or "width"), row["binarized"].Length > 0));
        Assert.Single(rows.Select(row => row["dense"]).Distinct());
        foreach (string file in new[] { "comparison.csv", "comparison.md", "pairs.csv", "retrain-filter-1.5x.svg", "iterations-filter-1.5x.svg", "rows/slr-filter-1.5x-s1/iterations.csv", "rows/slr-filter-1.5x-s1/row.json" })
        {
            Assert.True(File.Exists(Path.Combine(comparison.Run, file)), file);
        }
    }

    [Theory]
    [InlineData("[1.5]", false)]
    [InlineData("[1.5, 2]", true)]
    public void Accuracy_by_rate_is_drawn_where_there_are_two_rates(string rates, bool drawn)
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude, "\"filter\"");
        comparison.Change("[1.5]", rates);
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(drawn, File.Exists(Path.Combine(comparison.Run, "rate-filter.svg")));
    }

    [Fact]
    public void Every_structure_is_pruned_to_the_rate()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.Slr, """ "unstructured", "column", "channel", "kernel", "block" """);
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(10, comparison.Rows().Count);
        Assert.All(comparison.Rows(), row => Assert.InRange(double.Parse(row["rate"], System.Globalization.CultureInfo.InvariantCulture), 1.5, 2.5));
    }

    [Fact]
    public void A_comparison_goes_on_row_by_row_and_gives_the_same_rows_in_parts_and_on_more_threads()
    {
        using var whole = new ComparisonFixture("after", Contenders.Magnitude + ", " + Contenders.Slr, "\"filter\"", "1, 2");
        Assert.Equal(0, whole.Compare());
        IReadOnlyList<Dictionary<string, string>> expected = whole.Rows();

        using var parts = new ComparisonFixture("after", Contenders.Magnitude + ", " + Contenders.Slr, "\"filter\"", "1, 2");
        Assert.Equal(0, parts.Compare("--part", "2/2", "--threads", "2"));
        Assert.Equal(2, parts.Rows().Count);
        File.Delete(Path.Combine(parts.Run, "rows.csv"));
        Assert.Equal(0, parts.Compare("--tables"));
        Assert.Equal(2, parts.Rows().Count);
        Assert.Equal(0, parts.Compare());
        File.Delete(Path.Combine(parts.Run, "rows", "slr-filter-1.5x-s1", "row.json")); // as if it had been cut off
        DateTime kept = File.GetLastWriteTimeUtc(Path.Combine(parts.Run, "rows", "slr-filter-1.5x-s2", "row.json"));
        Assert.Equal(0, parts.Compare());
        Assert.Equal(expected, parts.Rows());
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(parts.Run, "rows", "slr-filter-1.5x-s2", "row.json")));
    }

    /// <summary>Tables are written behind every row, by both.</summary>
    [Fact]
    public async Task Two_at_once_share_a_folder()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.Slr, "\"filter\"", "1, 2, 3");
        int[] codes = await Task.WhenAll(Task.Run(() => comparison.Compare("--part", "1/2")), Task.Run(() => comparison.Compare("--part", "2/2")));
        Assert.Equal([0, 0], codes);
        Assert.Equal(0, comparison.Compare("--tables"));
        Assert.Equal(6, comparison.Rows().Count);
    }

    /// <summary>A row that one is at is left to it: its folder is not begun a second time.</summary>
    [Fact]
    public async Task Two_at_once_without_parts_make_every_row_once()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.Slr, "\"filter\"", "1, 2, 3");
        string row = Path.Combine(comparison.Run, "locks", "magnitude-filter-1.5x-s2.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(row)!);
        using (new FileStream(row, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            int[] codes = await Task.WhenAll(Task.Run(() => comparison.Compare()), Task.Run(() => comparison.Compare()));
            Assert.Equal([0, 0], codes);
            Assert.Equal(0, comparison.Compare("--tables"));
            Assert.DoesNotContain(comparison.Rows(), made => (made["label"], made["seed"]) == ("magnitude", "2"));
            Assert.Equal(5, comparison.Rows().Count);
        }

        Assert.Equal(0, comparison.Compare());
        Assert.Equal(6, comparison.Rows().Count);
    }

    [Fact]
    public void Rows_of_data_whose_contents_changed_are_refused_before_others_are_added()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude, "\"filter\"", "1, 2");
        Assert.Equal(0, comparison.Compare());
        string row = Path.Combine(comparison.Run, "rows", "magnitude-filter-1.5x-s1", "row.json");
        string text = File.ReadAllText(row), data = System.Text.Json.Nodes.JsonNode.Parse(text)!["data"]!.GetValue<string>();
        System.Text.Json.Nodes.JsonNode changed = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        changed["data"] = data + " of another day";
        File.WriteAllText(row, changed.ToJsonString());
        Directory.Delete(Path.Combine(comparison.Run, "rows", "magnitude-filter-1.5x-s2"), true);
        (int code, _, string error) = comparison.Printed();
        Assert.Equal(2, code);
        Assert.Contains("must be those of the other rows", error, StringComparison.Ordinal);
    }

    /// <summary>Rows of before a change in training stay what they are, say so on the page, and never stand in one line with new ones.</summary>
    [Fact]
    public void Rows_of_an_older_program_are_kept_and_not_mixed_with_new_ones()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.Scratch, "\"filter\"");
        Assert.Equal(0, comparison.Compare());
        string row = Path.Combine(comparison.Run, "rows", "scratch-filter-1.5x-s1", "row.json"), page = Path.Combine(comparison.Run, "comparison.md");
        Assert.DoesNotContain("older program", File.ReadAllText(page), StringComparison.Ordinal);
        System.Text.Json.Nodes.JsonNode old = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(row))!;
        Assert.True(old.AsObject().Remove("rules"));
        File.WriteAllText(row, old.ToJsonString());
        Assert.Equal(0, comparison.Compare("--tables"));
        Assert.Contains("Made by an older program, whose rules of training differ: scratch.", File.ReadAllText(page), StringComparison.Ordinal);
        comparison.Change("\"seeds\": [1]", "\"seeds\": [1, 2]");
        (int code, _, string error) = comparison.Printed();
        Assert.Equal(2, code);
        Assert.Contains("twins start in their own shape", error, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(row)!, true);
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(4, comparison.Rows().Count);
    }

    [Fact]
    public void A_twin_from_scratch_may_train_as_long_as_it_is_told()
    {
        const string Twins = """{ "label": "images", "method": null, "baseline": "scratch", "rates": [1.5] }, { "label": "time", "method": null, "baseline": "scratch", "epochs": 9, "rates": [1.5] }""";
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Twins, "\"filter\"");
        comparison.Change("\"rates\": [1.5], \"seeds\"", "\"rates\": [1.5, 1.2], \"seeds\"");
        Assert.Equal(0, comparison.Compare());
        double[] images = [.. comparison.Rows().Select(row => double.Parse(row["images"], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(["magnitude", "images", "time", "magnitude"], comparison.Rows().Select(row => row["label"])); // at their rate alone
        Assert.Equal(images[0], images[1]);
        Assert.Equal(9, File.ReadAllLines(Path.Combine(comparison.Run, "rows", "time-filter-1.5x-s1", "log.csv")).Count(line => line.StartsWith("scratch,", StringComparison.Ordinal)));
        Assert.Contains(">time<", File.ReadAllText(Path.Combine(comparison.Run, "rate-filter.svg")), StringComparison.Ordinal);
        Assert.Contains(">images<", File.ReadAllText(Path.Combine(comparison.Run, "retrain-filter-1.5x.svg")), StringComparison.Ordinal);
        Assert.DoesNotContain(">time<", File.ReadAllText(Path.Combine(comparison.Run, "retrain-filter-1.5x.svg")), StringComparison.Ordinal);
        Assert.Equal(images[1] * 9, images[2] * File.ReadAllLines(Path.Combine(comparison.Run, "rows", "images-filter-1.5x-s1", "log.csv")).Count(line => line.StartsWith("scratch,", StringComparison.Ordinal)));
    }

    /// <summary>Float weights start by the taps of their layer: those of the shape that is trained, in both.</summary>
    [Fact]
    public void The_twin_from_scratch_is_that_of_train()
    {
        const string Phase = """{ "epochs": 1, "images": null, "learningRate": 0.01, "schedule": "cosine", "optimizer": "sgd" }""";
        using var comparison = new ComparisonFixture("none", Contenders.Magnitude + ", " + Contenders.Scratch, "\"filter\"", arithmetic: "real-float");
        Assert.Equal(0, comparison.Compare());
        string training = Path.Combine(comparison.Folder, "pruned.json");
        string shared = File.ReadAllText(Path.Combine(comparison.Folder, "training.json"));
        string pruning = $$"""{ "method": "magnitude", "rate": 1.5, "outputLanes": 1, "kept": null, "structure": "filter", "allocation": "uniform", "phase": {{Phase}} }""";
        string scratch = """{ "epochs": 4, "images": null, "learningRate": 0.005, "schedule": "cosine" }""";
        File.WriteAllText(training, shared
            .Replace("\"pruning\": null", $"\"pruning\": {pruning}", StringComparison.Ordinal)
            .Replace("\"retrain\": null", $"\"retrain\": {Phase.Replace("\"epochs\": 1", "\"epochs\": 2", StringComparison.Ordinal)}", StringComparison.Ordinal)
            .Replace("\"scratch\": null", $"\"scratch\": {scratch}", StringComparison.Ordinal)
            .Replace("\"seed\": 4", "\"seed\": 1", StringComparison.Ordinal));
        string run = Path.Combine(comparison.Folder, "trained");
        Assert.Equal(0, CommandTree.Run(["train", "--config", training, "--run", run]));
        Assert.Equal(ComparisonFixture.Losses(run, "scratch"), comparison.RowLosses("scratch-filter-1.5x-s1", "scratch"));
        Assert.Equal(ComparisonFixture.Losses(run, "retrain"), comparison.RowLosses("magnitude-filter-1.5x-s1", "retrain"));
    }

    /// <summary>Networks of other arithmetic beside the shared one, each paired by seed on the same frames; nothing is pruned.</summary>
    [Fact]
    public void Contenders_may_bring_networks_of_their_own()
    {
        string contenders = """
            { "label": "binary", "method": null, "baseline": "dense" },
            { "label": "real", "method": null, "baseline": "dense", "training": "real.json" },
            { "label": "float", "method": null, "baseline": "dense", "training": "float.json" }
            """;
        using var comparison = new ComparisonFixture("none", contenders, "\"unstructured\"", "1, 2");
        string shared = File.ReadAllText(Path.Combine(comparison.Folder, "training.json"));
        File.WriteAllText(Path.Combine(comparison.Folder, "real.json"), shared.Replace("complex-binary", "real-float", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(comparison.Folder, "float.json"), shared.Replace("complex-binary", "complex-float", StringComparison.Ordinal));
        comparison.Change("\"reference\": \"magnitude\"", $"\"reference\": \"binary\", \"design\": \"{CommittedFiles.Design("u280-reference")}\"");
        comparison.Change("\"rates\": [1.5]", "\"rates\": [1]");
        comparison.Change("\"epochs\": 2", "\"epochs\": 0");
        Assert.Contains("dense networks: 6 to train", Printed(comparison, "--dry-run"), StringComparison.Ordinal);
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(["binary", "real", "float", "binary", "real", "float"], comparison.Rows().Select(row => row["label"]));
        Assert.All(comparison.Rows(), row => Assert.Equal(row["label"] == "binary", row["framesPerSecond"].Length > 0)); // the machine runs no other
        Assert.Equal(["float-s1", "float-s2", "real-s1", "real-s2", "s1", "s2"], Directory.GetDirectories(Path.Combine(comparison.Run, "dense")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] tags = File.ReadAllLines(Path.Combine(comparison.Run, "by-tag.csv"));
        Assert.Equal(1 + (3 * 20), tags.Length); // SNR -20..18 dB in steps of 2
        Assert.True(File.Exists(Path.Combine(comparison.Run, "tags-unstructured-1x.svg")));

        File.WriteAllText(Path.Combine(comparison.Folder, "real.json"), shared.Replace("\"validation\": 80", "\"validation\": 60", StringComparison.Ordinal));
        Assert.Equal(2, comparison.Compare());
    }

    /// <summary>Prune then binarize, binarize then prune, both at once; float then four bits, four bits throughout, and fewer input bits.</summary>
    [Fact]
    public void Contenders_may_go_other_routes_and_read_fewer_input_bits()
    {
        string contenders = string.Join(", ", new[]
        {
            Method("signs", "\"binarization\": \"signs\""), Method("after", "\"binarization\": \"after\""), Method("gated", "\"binarization\": \"gated\""),
            Method("float", "\"training\": \"real.json\", \"binarization\": \"none\""),
            Method("float-4", "\"training\": \"real4.json\", \"binarization\": \"after\""), Method("4", "\"training\": \"real4.json\", \"binarization\": \"none\""),
            Method("one-plane", "\"training\": \"plane.json\", \"binarization\": \"gated\""),
        });
        using var comparison = new ComparisonFixture("signs", contenders, "\"filter\"");
        string shared = File.ReadAllText(Path.Combine(comparison.Folder, "training.json"));
        string real = shared.Replace("complex-binary", "real-float", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(comparison.Folder, "real.json"), real);
        File.WriteAllText(Path.Combine(comparison.Folder, "real4.json"), real.Replace("\"arithmetic\"", "\"weightBits\": 4, \"arithmetic\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(comparison.Folder, "plane.json"), shared.Replace("\"inputBits\": 8", "\"inputBits\": 1", StringComparison.Ordinal));
        comparison.Change("\"reference\": \"magnitude\"", "\"reference\": \"signs\"");
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(["signs", "after", "gated", "float", "float-4", "4", "one-plane"], comparison.Rows().Select(row => row["label"]));
        Assert.Equal(["after", "float-4"], comparison.Rows().Where(row => row["binarized"].Length > 0).Select(row => row["label"]));
        string[] dense = ["4-s1", "float-4-s1", "float-s1", "one-plane-s1", "real-weights-s1", "s1"];
        Assert.Equal(dense, Directory.GetDirectories(Path.Combine(comparison.Run, "dense")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        comparison.Change("\"training\": \"real4.json\", \"binarization\": \"none\"", "\"training\": \"real4.json\", \"binarization\": \"gated\"");
        Assert.Equal(2, comparison.Compare());
    }

    [Fact]
    public void Gates_of_whole_channels_are_refused_before_any_work_where_there_are_values()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude, "\"filter\"");
        string residual = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "residual.json"));
        File.WriteAllText(Path.Combine(comparison.Folder, "training.json"), residual.Replace("\"test\": 0", "\"test\": 80", StringComparison.Ordinal));
        (int code, string _, string error) = comparison.Printed();
        Assert.Equal(2, code);
        Assert.Contains("binarization: gated: must be after or signs", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(comparison.Run, "dense")));
        comparison.Change("\"structures\": [\"filter\"]", "\"structures\": [\"kernel\"]");
        Assert.Equal(0, comparison.Compare("--dry-run"));
    }

    private static string Method(string label, string more) => $$"""{ "label": "{{label}}", "method": { "method": "magnitude" }, {{more}} }""";

    [Fact]
    public void A_dry_run_counts_what_is_left_and_trains_nothing()
    {
        using var comparison = new ComparisonFixture("gated", Contenders.Magnitude + ", " + Contenders.Slr, "\"filter\", \"column\"", "1, 2");
        string before = Printed(comparison, "--dry-run");
        Assert.Contains("8 rows, 8 to run here", before, StringComparison.Ordinal);
        Assert.Contains("dense networks: 2 to train", before, StringComparison.Ordinal);
        Assert.Contains("column 1.5x: 4 rows, 0:00:", before, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(comparison.Run));
        Assert.Equal(0, comparison.Compare("--part", "1/2"));
        string after = Printed(comparison, "--dry-run");
        Assert.Contains("8 rows, 4 to run here", after, StringComparison.Ordinal);
        Assert.Contains("dense networks: 0 to train", after, StringComparison.Ordinal);
        Assert.Equal(2, comparison.Compare("--dry-run", "--tables"));
        Assert.Equal(2, comparison.Compare("--dry-run", "--budget", "0s"));
        Assert.Equal(0, comparison.Compare("--dry-run", "--budget", "100h"));
    }

    [Fact]
    public void A_contender_that_diverges_is_a_row_and_not_the_end()
    {
        string wild = """{ "label": "wild", "method": { "method": "penalty", "parameters": { "rho": 1000 } } }""";
        using var comparison = new ComparisonFixture("none", Contenders.Magnitude + ", " + wild + ", " + Contenders.Slr, "\"filter\"", arithmetic: "real-float");
        File.WriteAllText(comparison.Configuration, File.ReadAllText(comparison.Configuration).Replace("\"prune\": { \"epochs\": 1,", "\"prune\": { \"epochs\": 8,", StringComparison.Ordinal));
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(["no", "yes", "no"], comparison.Rows().Select(row => row["diverged"]));
        Assert.Equal("0.25", comparison.Rows()[1]["test"]); // four classes
    }

    [Fact]
    public void One_shot_pruning_without_epochs_and_without_the_test_set_is_a_row_too()
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"filter\"");
        comparison.Change("\"prune\": { \"epochs\": 1,", "\"prune\": { \"epochs\": 0,");
        comparison.Change("\"name\": \"tiny\",", "\"name\": \"tiny\", \"test\": false,");
        Assert.Equal(0, comparison.Compare());
        Assert.All(comparison.Rows(), row => Assert.Equal((string.Empty, string.Empty), (row["test"], row["violation"])));
    }

    [Fact]
    public void A_row_of_another_configuration_is_refused_and_stays()
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"filter\"");
        Assert.Equal(0, comparison.Compare());
        string row = Path.Combine(comparison.Run, "rows", "magnitude-filter-1.5x-s1", "row.json");
        string before = File.ReadAllText(row);
        File.WriteAllText(comparison.Configuration, File.ReadAllText(comparison.Configuration).Replace("0.01", "0.02", StringComparison.Ordinal));
        Assert.Equal(2, comparison.Compare());
        Assert.Equal(before, File.ReadAllText(row));
    }

    [Fact]
    public void A_test_set_that_is_said_to_be_read_is_the_same_comparison()
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"filter\"");
        Assert.Equal(0, comparison.Compare());
        string row = Path.Combine(comparison.Run, "rows", "magnitude-filter-1.5x-s1", "row.json");
        DateTime before = File.GetLastWriteTimeUtc(row);
        comparison.Change("\"name\": \"tiny\",", "\"name\": \"tiny\", \"test\": true,");
        Assert.Equal(0, comparison.Compare());
        Assert.Equal(before, File.GetLastWriteTimeUtc(row));
    }

    private static string Printed(ComparisonFixture comparison, params string[] more)
    {
        (int code, string output, string error) = comparison.Printed(more);
        Assert.True(code == 0, error);
        return output;
    }

    [Fact]
    public void Every_committed_comparison_is_read() => Assert.All(CommittedFiles.Comparisons, path => Assert.NotEmpty(ComparisonFile.Read(path).Settings.Keys()));
}
