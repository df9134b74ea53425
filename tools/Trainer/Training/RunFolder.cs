namespace BcnnSim.Trainer.Training;

/// <summary>Files of one run.</summary>
public sealed class RunFolder(string path)
{
    public string Root { get; } = path;

    public string Log => File("log.csv");

    /// <summary>What was asked for, as it can be given to --config again.</summary>
    public string Configuration => File("configuration.json");

    /// <summary>One row for every time it was begun or continued.</summary>
    public string Starts => File("starts.csv");

    /// <summary>The run as a page to read.</summary>
    public string Card => File("MODEL.md");

    public string Curves => File("curves.svg");

    public string PhaseTable => File("phases.csv");

    public string TestUses => File("test-uses.csv");

    /// <summary>Iterations of the pruning method.</summary>
    public string Iterations => File("iterations.csv");

    /// <summary>Their violation and step as a picture.</summary>
    public string IterationCurves => File("iterations.svg");

    /// <summary>Choice of the hard prune.</summary>
    public KeptFile Kept => new(KeptPath);

    /// <summary>Paths of what the phases leave beside their checkpoints; another configuration would go on writing them.</summary>
    public IReadOnlyList<string> Results => [Log, Iterations, KeptPath, PhaseTable];

    private string KeptPath => File("kept.json");

    public string File(string name) => Path.Combine(Root, name);
}
