using System.Text.Json;

namespace BcnnSim.Trainer.Training;

/// <summary>Files of one run.</summary>
public sealed class RunFolder(string path)
{
    public string Root { get; } = path;

    public string Log => File("log.csv");

    public string Curves => File("curves.svg");

    public string PhaseTable => File("phases.csv");

    public string TestUses => File("test-uses.csv");

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Kept output channels per layer, written at the hard prune.</summary>
    public void WriteKept(IReadOnlyList<int[]> kept) => System.IO.File.WriteAllText(File("kept.json"), JsonSerializer.Serialize(kept));

    public IReadOnlyList<int[]> ReadKept() => System.IO.File.Exists(File("kept.json"))
        ? JsonSerializer.Deserialize<int[][]>(System.IO.File.ReadAllText(File("kept.json")), JsonSerializerOptions.Strict)!
        : throw new InputException(File("kept.json"), "file", "missing", "the run must have been pruned", "Run bcnntrain train first");
}
