using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain train.</summary>
internal static partial class TrainCommand
{
    public static Command Build(CancellationToken stop)
    {
        var common = new CommonOptions();
        var resume = new Option<bool>("--resume") { Description = "Continue from the checkpoints of the run, to the bit." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print parameters, memory, measured images/s and finish times; train nothing." };
        var budget = new Option<string?>("--budget") { Description = "Refuse a run that is not expected to fit, for example 45m or 1h30m." };
        var command = new Command("train", "Dense training, pruning, retraining, twin from scratch.") { resume, dryRun, budget };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TextWriter output = parsed.InvocationConfiguration.Output;
            TimeSpan? limit = parsed.GetValue(budget) is { } text ? refusals.Try(() => Duration(text)) : null;
            bool dry = parsed.GetValue(dryRun), continues = parsed.GetValue(resume);
            TrainerConfiguration? read = common.Read(parsed, refusals);
            if (dry)
            {
                refusals.Throw();
                Estimate(read!, limit, output);
                return ExitCodes.Done;
            }

            RunFolder folder = common.Made(parsed, refusals);
            refusals.Throw();
            using var held = new RunLock(folder.Root);
            RunStart.Check(read!, folder, continues);
            if (limit is not null)
            {
                Estimate(read!, limit, output);
            }

            return Train(read!, folder, continues, output, stop);
        });
        return command;
    }

    private static void Estimate(TrainerConfiguration configuration, TimeSpan? limit, TextWriter output)
    {
        TimeSpan expected = new RunEstimate(configuration).Print(output);
        if (limit < expected)
        {
            throw new InputException("command line", "--budget", $"{limit:h\\:mm\\:ss}", $"must hold the run, expected to take {expected:h\\:mm\\:ss}", "Ask for fewer epochs or a smaller network");
        }
    }

    /// <summary>45m, 90s, 2h, 1h30m.</summary>
    internal static TimeSpan Duration(string text)
    {
        Match match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            throw new InputException("command line", "--budget", text, "must be a time such as 45m, 90s or 1h30m", "Give hours, minutes or seconds");
        }

        double Part(int group) => match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((Part(1) * 3600) + (Part(2) * 60) + Part(3));
    }

    private static int Train(TrainerConfiguration configuration, RunFolder folder, bool resume, TextWriter output, CancellationToken stop)
    {
        ProgressLine progress = CommonOptions.Progress(configuration, output);
        progress.Line($"processor features: {ProcessorFeatures.Describe()}; {configuration.Threads} threads");
        LoadedData data = LoadedData.Load(configuration, stop);
        if (data.Recordings is { } recordings)
        {
            progress.Line(recordings);
        }

        return new TrainingRun(configuration, data, folder, resume, progress).Execute(stop) ? ExitCodes.Done : ExitCodes.Interrupted;
    }

    [GeneratedRegex(@"^(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?$")]
    private static partial Regex DurationPattern();
}
