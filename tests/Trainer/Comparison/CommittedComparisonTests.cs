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

        string kind = File.Exists(Path.Combine(committed, "comparison.json")) ? "comparison" : "privacy";
        Assert.Equal(0, CommandTree.Run([kind == "privacy" ? kind : "compare", "--config", Path.Combine(committed, $"{kind}.json"), "--run", run, "--tables"]));
        // Not every picture that is made is committed; every one that is must be made. Tuning has rows of its own.
        string[] shown = [.. Directory.GetFiles(committed, "*.svg").Concat(Directory.GetFiles(committed, "*.csv")).Concat(Directory.GetFiles(committed, "comparison.md")).Select(path => Path.GetFileName(path)!).Where(file => file != "tuning.csv")];
        Assert.Contains($"{kind}.csv", shown);
        Assert.Contains("rows.csv", shown);
        Assert.All(shown, file => Assert.Equal(Text(Path.Combine(run, file)), Text(Path.Combine(committed, file))));
    }

    public void Dispose() => Directory.Delete(run, true);

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
