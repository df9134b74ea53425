using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>A run stopped behind its first of three epochs of retraining: what it may be used for, and what it says of itself.</summary>
public sealed class StoppedRunTests(FinishedRun run) : IClassFixture<FinishedRun>, IDisposable
{
    private const int StepsPerEpoch = 8;
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-stopped-").FullName;

    private string Folder => Path.Combine(root, "run");

    private string[] Run => ["--config", Path.Combine(root, "training.json"), "--run", Folder];

    public void Dispose() => Directory.Delete(root, true);

    [Fact]
    public void It_is_exported_as_stopped_not_evaluated_and_both_once_it_is_finished()
    {
        Stop();
        string output = Path.Combine(root, "smoke");
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["export", .. Run, "--output", output]));
        Assert.Equal("no, stopped after 1 of 3 epochs", NetworkFile.Read(output).Provenance["converged"]);
        int uses = Uses();
        (int code, string said) = Said(["evaluate", .. Run, "--reason", "test"]);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("retrain.ckpt: epochs: 1 of 3", said, StringComparison.Ordinal);
        Assert.Contains("Continue it with bcnntrain train --resume", said, StringComparison.Ordinal);
        Assert.Equal(uses, Uses());
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. Run, "--resume"]));
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["evaluate", .. Run, "--reason", "test"]));
        Assert.Equal(uses + 1, Uses());
    }

    [Fact]
    public void Its_budget_is_that_of_what_is_left()
    {
        Stop();
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["train", .. Run, "--resume", "--budget", "0s"]));
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. Run, "--resume"]));
        string[] before = Directory.GetFiles(Folder, "*.ckpt");
        using var output = new StringWriter();
        _ = CommandTree.Run(["train", .. Run, "--resume", "--budget", "1h"], output, TextWriter.Null);
        Assert.DoesNotContain("epochs of", output.ToString(), StringComparison.Ordinal); // no phase is left
        Assert.Equal(before, Directory.GetFiles(Folder, "*.ckpt"));
    }

    [Fact]
    public void It_says_what_it_was_asked_for_on_which_processors_and_how_it_went()
    {
        Stop();
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. Run, "--resume"]));
        (string[] header, List<string[]> rows) = PhaseTable.Read(Path.Combine(Folder, "starts.csv"));
        Assert.Equal(["start", "processor", "threads"], header);
        Assert.Equal([["begun", ProcessorFeatures.Describe(), "1"], ["resumed", ProcessorFeatures.Describe(), "1"]], rows);
        string kept = Path.Combine(Folder, "configuration.json");
        Assert.Equal(ConfigurationFile.Text(ConfigurationFile.Read(Path.Combine(root, "training.json"))), ConfigurationFile.Text(ConfigurationFile.Read(kept)));
        string card = File.ReadAllText(Path.Combine(Folder, "MODEL.md"));
        Assert.Contains("| retrain | 3 | 480 |", card, StringComparison.Ordinal);
        Assert.Contains("| hard-prune |", card, StringComparison.Ordinal);
        Assert.Contains("chance 25.00 %", card, StringComparison.Ordinal);
        Assert.Contains("(test-uses.csv)", card, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, "MODEL.md"), "mine");
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. Run, "--resume"]));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "MODEL.md")));
    }

    [Fact]
    public void Another_processor_is_spoken_of_when_it_goes_on()
    {
        Stop();
        string starts = Path.Combine(Folder, "starts.csv");
        File.WriteAllText(starts, File.ReadAllText(starts).Replace(ProcessorFeatures.Describe(), "abacus", StringComparison.Ordinal));
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. Run, "--resume"], output, TextWriter.Null));
        Assert.Contains("begun on a processor of abacus: from here on rounding differs", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Its table would be continued by rows of another configuration.</summary>
    [Theory]
    [InlineData("log.csv")]
    [InlineData("kept.json")]
    [InlineData("phases.csv")]
    public void Results_without_checkpoints_are_a_run_too(string left)
    {
        Stop();
        foreach (string file in Directory.GetFiles(Folder).Where(file => Path.GetFileName(file) != left))
        {
            File.Delete(file);
        }

        (int code, string said) = Said(["train", .. Run]);
        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains($"it holds {left}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_that_cannot_be_written_does_not_stop_it()
    {
        Stop();
        Assert.Equal((ExitCodes.Done, string.Empty), Shell.Run(Shell.Bcnntrain($"train --config '{Run[1]}' --run '{Folder}' --resume > /dev/full")));
    }

    private static (int Code, string Error) Said(string[] arguments)
    {
        using var error = new StringWriter();
        return (CommandTree.Run(arguments, TextWriter.Null, error), error.ToString());
    }

    private int Uses() => PhaseTable.Read(Path.Combine(Folder, "test-uses.csv")).Rows.Count;

    // One epoch of dense training, then of three of retraining.
    private void Stop()
    {
        string text = File.ReadAllText(run.Configuration);
        int retrain = text.IndexOf("\"retrain\": {", StringComparison.Ordinal);
        text = text[..retrain] + text[retrain..].Replace("\"epochs\": 1", "\"epochs\": 3", StringComparison.Ordinal);
        File.WriteAllText(Run[1], text);
        TrainerConfiguration configuration = ConfigurationFile.Read(Run[1]);
        Directory.CreateDirectory(Folder);
        var folder = new RunFolder(Folder);
        var progress = new ProgressLine(TextWriter.Null, false, configuration.Batch);
        RunRecord.Write(configuration, folder, false, progress);
        var data = LoadedData.Load(configuration, default);
        for (int step = 0; step <= 2 * StepsPerEpoch; step++)
        {
            Assert.False(new TrainingRun(configuration, data, folder, step > 0, progress).Execute(new CancellationToken(canceled: true)));
        }
    }
}
