using System.Text.Json.Nodes;
using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

/// <summary>Tables and pictures under models/comparisons and models/privacy are those of the rows beside them.</summary>
public sealed class CommittedComparisonTests : IDisposable
{
    private readonly string run = Directory.CreateTempSubdirectory("bcnntrain-committed").FullName;

    public static TheoryData<string> WithRows => [.. CommittedFiles.FoldersWithRows.Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(WithRows))]
    public void Tables_and_pictures_are_made_again_from_the_committed_rows(string name)
    {
        string committed = CommittedFiles.FoldersWithRows.Single(folder => Path.GetFileName(folder) == name);
        foreach (string file in Directory.GetFiles(Path.Combine(committed, "rows"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(run, Path.GetRelativePath(committed, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string kind = Kind(committed);
        Assert.Equal(0, CommandTree.Run([Command(kind), "--config", Path.Combine(committed, $"{kind}.json"), "--run", run, "--tables"]));
        // Not every picture that is made is committed; every one that is must be made. Tuning has rows of its own.
        string[] shown = [.. Directory.GetFiles(committed, "*.svg").Concat(Directory.GetFiles(committed, "*.csv")).Concat(Directory.GetFiles(committed, "comparison.md")).Select(path => Path.GetFileName(path)!).Where(file => file != "tuning.csv")];
        Assert.Contains($"{kind}.csv", shown);
        Assert.Contains("rows.csv", shown);
        Assert.All(shown, file => Assert.Equal(Text(Path.Combine(run, file)), Text(Path.Combine(committed, file))));
    }

    [Theory]
    [MemberData(nameof(WithRows))]
    public void Tables_of_a_folder_that_is_not_there_are_refused_and_make_none(string name)
    {
        string committed = CommittedFiles.FoldersWithRows.Single(folder => Path.GetFileName(folder) == name), missing = Path.Combine(run, "missing");
        string kind = Kind(committed);
        using var error = new StringWriter();
        Assert.Equal(2, CommandTree.Run([Command(kind), "--config", Path.Combine(committed, $"{kind}.json"), "--run", missing, "--tables"], TextWriter.Null, error));
        Assert.Contains("must be a folder with finished rows", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(missing));
    }

    /// <summary>
    /// The same network, data, seeds and numbers under other names: so the controls of one table stand for the other. Rows of
    /// combinations were all made with AVX-512, those of bcnn-filter from seed 6 on without.
    /// </summary>
    [Theory]
    [InlineData("joint", "slr-growing")]
    [InlineData("scratch", "scratch")]
    public void Rows_of_combinations_have_the_figures_of_their_twins_in_bcnn_filter(string label, string twin)
    {
        IReadOnlyDictionary<string, string> ours = Figures("combinations", label), theirs = Figures("bcnn-filter", twin);
        string[] shared = [.. ours.Keys.Intersect(theirs.Keys)];
        Assert.Equal(Enumerable.Range(1, 10).Select(seed => $"s{seed}").ToHashSet(), shared.ToHashSet());
        Assert.All(shared, seed => Assert.Equal(theirs[seed], ours[seed]));
    }

    public void Dispose() => Directory.Delete(run, true);

    private static string Kind(string committed) => File.Exists(Path.Combine(committed, "comparison.json")) ? "comparison" : "privacy";

    private static string Command(string kind) => kind == "privacy" ? kind : "compare";

    // By seed, filters at 4x; but for the name, and for what depends on the machine or on a design.
    private static Dictionary<string, string> Figures(string comparison, string label)
    {
        string rows = Path.Combine(CommittedFiles.FoldersWithRows.Single(folder => Path.GetFileName(folder) == comparison), "rows");
        string name = $"{label}-filter-4x-";
        return Directory.GetDirectories(rows, name + "*").ToDictionary(folder => Path.GetFileName(folder)[name.Length..], folder =>
        {
            JsonObject row = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "row.json")))!.AsObject();
            Assert.All(new[] { "key", "fingerprint", "framesPerSecond", "cpuSeconds" }, other => Assert.True(row.Remove(other)));
            return row.ToJsonString();
        });
    }

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
