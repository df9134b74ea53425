using System.CommandLine;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain train.</summary>
internal static class TrainCommand
{
    public static Command Build(CancellationToken stop)
    {
        var common = new CommonOptions();
        var resume = new Option<bool>("--resume") { Description = "Continue from the checkpoints of the run, to the bit." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print parameters, memory, measured images/s and finish times; train nothing." };
        var budget = new Budget();
        var export = new ExportOptions(required: false);
        var command = new Command("train", "Dense training, pruning, retraining, twin from scratch, export.") { resume, dryRun };
        budget.AddTo(command);
        export.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TextWriter output = parsed.InvocationConfiguration.Output;
            TimeSpan? limit = budget.Read(parsed, refusals);
            bool dry = parsed.GetValue(dryRun), continues = parsed.GetValue(resume);
            TrainerConfiguration? read = common.Read(parsed, refusals);
            bool exports = parsed.GetValue(export.Output) is not null;
            (string place, double saturation) = exports ? export.Read(parsed, read, refusals) : (string.Empty, 0);
            refusals.Flag(exports || parsed.GetResult(export.Saturation) is null or { Implicit: true }, "--saturation", $"{parsed.GetValue(export.Saturation)}", "needs --output: it judges the exported network", "Add --output, or leave it out");
            refusals.Flag(!exports || read is null || Exported(read) is not null, "--output", place, "needs epochs of the last phase of the network: retrain where it is pruned, dense where not", "Add them to the configuration, or leave --output out");
            if (exports && read is not null && refusals.Try(() => RealEmbedding.LeftChannels(read)) is { } left)
            {
                refusals.Flag(left.All(channels => channels >= RealEmbedding.LeastChannels), "--output", place, $"must be of {RealEmbedding.LeastChannels} channels or more in every layer, pruning leaves {string.Join('/', left)}: the machine runs no narrower ones", "Prune less, or leave --output out");
            }

            if (dry)
            {
                refusals.Throw();
                Budget.Hold(limit, new RunEstimate(read!).Print(output));
                return ExitCodes.Done;
            }

            RunFolder folder = continues ? common.Existing(parsed, refusals) : common.Made(parsed, refusals);
            refusals.Try(() => PhaseTable.Read(folder.TestUses));
            refusals.Throw();
            if (limit is not null && !continues)
            {
                refusals.Try(() => Budget.Hold(limit, new RunEstimate(read!).Print(output)));
                refusals.Throw();
            }

            using var held = new RunLock(folder.Root);
            RunStart.Check(read!, folder, continues);
            if (exports)
            {
                OutputPlace.CheckFolder("--output", place);
            }

            if (limit is not null && continues)
            {
                Budget.Hold(limit, new RunEstimate(read!, RunStart.EpochsDone(read!, folder)).Print(output));
            }

            int code = Train(read!, folder, continues, output, stop);
            if (code == ExitCodes.Done && exports)
            {
                ExportCommand.Export(read!, folder, Exported(read!)!, place, new ExportValidation(read!, saturation, stop, folder, output));
            }

            return code;
        });
        return command;
    }

    // Of a pruned network the retrained one, of another the dense one.
    private static string? Exported(TrainerConfiguration configuration)
    {
        string last = configuration.Pruning is null ? "dense" : "retrain";
        return configuration.PhaseOf(last) is { Epochs: > 0 } ? last : null;
    }

    private static int Train(TrainerConfiguration configuration, RunFolder folder, bool resume, TextWriter output, CancellationToken stop)
    {
        ProgressLine progress = CommonOptions.Progress(configuration, output);
        progress.Line($"processor features: {ProcessorFeatures.Describe()}; {configuration.Threads} threads");
        RunRecord.Write(configuration, folder, resume, progress);
        LoadedData data = LoadedData.Load(configuration, stop);
        if (data.Recordings is { } recordings)
        {
            progress.Line(recordings);
        }

        bool finished = new TrainingRun(configuration, data, folder, resume, progress).Execute(stop);
        if (finished)
        {
            new ModelCard(configuration, folder).Write(data.Recordings);
        }

        return finished ? ExitCodes.Done : ExitCodes.Interrupted;
    }
}
