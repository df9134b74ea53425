namespace BcnnSim.Trainer.Tests;

/// <summary>Where the committed networks, their frames and the examples lie.</summary>
internal static class CommittedFiles
{
    public static string Network(string name) => Path.Combine(Root(), "models", "networks", name);

    public static string Frames(string name) => Path.Combine(Root(), "traces", "frames", $"{name}-test.bcnnframes");

    public static string Example(string file) => Path.Combine(Root(), "tools", "Trainer", "examples", file);

    /// <summary>Folders of comparisons and privacy studies of which rows are committed.</summary>
    public static IEnumerable<string> FoldersWithRows => new[] { "comparisons", "privacy" }.SelectMany(kind => Directory.GetDirectories(Path.Combine(Root(), "models", kind)))
        .Where(folder => Directory.Exists(Path.Combine(folder, "rows"))).Order(StringComparer.Ordinal);

    /// <summary>Comparisons of pruning methods; training.json beside each is named by it.</summary>
    public static IEnumerable<string> Comparisons => Directory.GetDirectories(Path.Combine(Root(), "models", "comparisons"))
        .SelectMany(folder => Directory.GetFiles(folder, "*.json")).Where(path => Path.GetFileName(path) != "training.json").Order(StringComparer.Ordinal);

    /// <summary>The committed privacy study.</summary>
    public static string Privacy => Path.Combine(Root(), "models", "privacy", "lenet5", "privacy.json");

    public static string Experiments => Path.Combine(Root(), "tools", "Trainer", "experiments");

    /// <summary>A named design.</summary>
    public static string Design(string name) => Path.Combine(Root(), "models", "designs", $"{name}.json");

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Simulator.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no Simulator.sln above the tests");
        }

        return folder;
    }
}
