using System.CommandLine;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Privacy;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain privacy.</summary>
internal static class PrivacyCommand
{
    public static Command Build(CancellationToken stop)
    {
        Option<string> configuration = new("--config") { Description = "Privacy study, JSON: defences x seeds.", Required = true };
        Option<string> run = new("--run") { Description = "Folder of the study; finished rows in it are kept.", Required = true };
        Option<int?> threads = new("--threads") { Description = "Threads; changes the time, never a bit." };
        Option<bool> tables = new("--tables") { Description = "Write tables and picture of the finished rows; run nothing." };
        Option<bool> dry = new("--dry-run") { Description = "Print the rows to run and the CPU time they may take; train nothing." };
        var command = new Command("privacy", "How well membership attacks do against pruning, the MCMIA game and early stopping.") { configuration, run, threads, tables, dry };
        var budget = new Budget();
        budget.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            int? count = parsed.GetValue(threads);
            refusals.Flag(count is null or (>= 1 and <= 256), "--threads", $"{count}", "must lie in 1..256", "Give the number of cores");
            (PrivacySettings? settings, TrainerConfiguration? training) = refusals.Try(() => PrivacyFile.Read(parsed.GetRequiredValue(configuration)));
            refusals.Flag(!(parsed.GetValue(tables) && parsed.GetValue(dry)), "--dry-run", "--tables", "must not be given with --tables: each of them runs nothing", "Give one of the two");
            TimeSpan? limit = budget.Read(parsed, refusals);
            refusals.TryRows(parsed.GetRequiredValue(run), parsed.GetValue(tables));
            refusals.Throw();
            TrainerConfiguration used = training! with { Threads = count ?? training.Threads };
            TextWriter output = parsed.InvocationConfiguration.Output;
            var study = new PrivacyRun(settings!, used, new PrivacyFolder(parsed.GetRequiredValue(run)), CommonOptions.Progress(used, output));
            bool shows = parsed.GetValue(tables);
            if (!shows && (parsed.GetValue(dry) || limit is not null))
            {
                Budget.Hold(limit, study.Estimate(output));
            }

            if (parsed.GetValue(dry))
            {
                return ExitCodes.Done;
            }

            using var held = new RunLock(parsed.GetRequiredValue(run));
            if (shows)
            {
                study.Report();
                return ExitCodes.Done;
            }

            return study.Execute(stop) ? ExitCodes.Done : ExitCodes.Interrupted;
        });
        return command;
    }
}
