using System.CommandLine;
using System.Text.RegularExpressions;
using BcnnSim.Design;
using BcnnSim.Trainer.Comparison;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain compare.</summary>
internal static partial class CompareCommand
{
    public static Command Build(CancellationToken stop)
    {
        Option<string> configuration = new("--config") { Description = "Comparison, JSON: contenders x structures x rates x seeds.", Required = true };
        Option<string> run = new("--run") { Description = "Folder of the comparison; finished rows in it are kept.", Required = true };
        Option<int?> threads = new("--threads") { Description = "Threads; changes the time, never a bit." };
        Option<string> part = new("--part") { Description = "K/N: take every N-th row from the K-th on, so that N processes share a folder.", DefaultValueFactory = _ => "1/1" };
        Option<bool> tables = new("--tables") { Description = "Write tables and pictures of the finished rows; run nothing." };
        Option<bool> dry = new("--dry-run") { Description = "Print the rows to run and the CPU time they may take; train nothing." };
        var command = new Command("compare", "Pruning methods side by side: tables, pictures, resumable row by row.") { configuration, run, threads, part, tables, dry };
        var budget = new Budget();
        budget.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            string folder = parsed.GetRequiredValue(run);
            (int k, int n) = refusals.Try(() => Part(parsed.GetRequiredValue(part)));
            int? count = parsed.GetValue(threads);
            refusals.Flag(count is null or (>= 1 and <= 256), "--threads", $"{count}", "must lie in 1..256", "Give the number of cores");
            (ComparisonSettings? settings, ComparisonTrainings? trainings) = refusals.Try(() => ComparisonFile.Read(parsed.GetRequiredValue(configuration)));
            AcceleratorDesign? design = settings is null ? null : refusals.Try(() => ComparisonFile.Design(parsed.GetRequiredValue(configuration), settings));
            refusals.Flag(!(parsed.GetValue(tables) && parsed.GetValue(dry)), "--dry-run", "--tables", "must not be given with --tables: each of them runs nothing", "Give one of the two");
            TimeSpan? limit = budget.Read(parsed, refusals);
            bool shows = parsed.GetValue(tables);
            refusals.TryRows(folder, shows);
            refusals.Throw();
            TextWriter output = parsed.InvocationConfiguration.Output;
            ComparisonTrainings used = trainings!.OnThreads(count ?? trainings.Shared.Threads);
            var comparison = new ComparisonRun(settings!, used, new ComparisonFolder(folder), design, CommonOptions.Progress(used.Shared, output));
            if (shows)
            {
                return comparison.Report() ? ExitCodes.Done : throw new InputException("command line", "--run", folder, "must hold finished rows of this comparison", "Check the path, or run it without --tables first");
            }

            if (parsed.GetValue(dry) || limit is not null)
            {
                Budget.Hold(limit, comparison.Estimate(k - 1, n, output));
            }

            if (parsed.GetValue(dry))
            {
                return ExitCodes.Done;
            }

            return comparison.Execute(k - 1, n, stop) ? ExitCodes.Done : ExitCodes.Interrupted;
        });
        return command;
    }

    private static (int K, int N) Part(string text)
    {
        Match match = PartPattern().Match(text);
        (int k, int n) = match.Success ? (int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)) : (0, 0);
        return k >= 1 && k <= n
            ? (k, n)
            : throw new InputException("command line", "--part", text, "must be K/N with 1 <= K <= N", "For example 1/2 in one process and 2/2 in the other");
    }

    [GeneratedRegex(@"^(\d{1,4})/(\d{1,4})$")]
    private static partial Regex PartPattern();
}
