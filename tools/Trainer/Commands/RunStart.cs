using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>
/// What a training run may find in its folder, checked before data are made: a run is never overwritten, never continued
/// from nothing, never from the files of another configuration.
/// </summary>
internal static class RunStart
{
    private static readonly string[] Phases = ["dense", "prune", "retrain", "scratch"];

    public static void Check(TrainerConfiguration configuration, RunFolder folder, bool resume)
    {
        string[] present = [.. Phases.SelectMany(Files).Where(file => File.Exists(folder.File(file)))];
        string[] held = [.. present, .. folder.Results.Where(File.Exists).Select(file => Path.GetFileName(file))];
        if (!resume && held.Length > 0)
        {
            throw new InputException("command line", "--run", folder.Root, $"must not hold a run already, it holds {string.Join(", ", held)}", "Continue it with --resume, give another folder, or delete these files yourself");
        }

        if (resume && present.Length == 0)
        {
            throw new InputException("command line", "--resume", folder.Root, "needs a checkpoint in the folder of --run, there is none", "Start without --resume, or name the folder of the run");
        }

        var refusals = new Refusals();
        refusals.Try(() => new TrainingLog(folder.Log));
        refusals.Try(() => new IterationLog(folder.Iterations));
        if (resume)
        {
            string data = DataSplits.Source(configuration.Data, DataSplit.Train).Configuration;
            foreach (string phase in Phases.Where(phase => configuration.PhaseOf(phase) is { Epochs: > 0 }))
            {
                string fingerprint = ConfigurationFile.Fingerprint(configuration, phase, data);
                CheckPhase(folder, [.. Files(phase).Where(present.Contains)], fingerprint, refusals);
            }
        }

        refusals.Throw();
    }

    /// <summary>Epochs of each phase behind a run that <see cref="Check"/> passed; one that a later phase began after is done.</summary>
    public static IReadOnlyDictionary<string, int> EpochsDone(TrainerConfiguration configuration, RunFolder folder)
    {
        string data = DataSplits.Source(configuration.Data, DataSplit.Train).Configuration;
        var done = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string phase in Phases.Reverse())
        {
            string path = folder.File(Files(phase)[0]);
            bool passed = done.Values.Any(epochs => epochs > 0);
            done[phase] = configuration.PhaseOf(phase) is not { Epochs: > 0 } settings ? 0
                : passed ? settings.Epochs
                : File.Exists(path) ? Checkpoint.ReadState(path, ConfigurationFile.Fingerprint(configuration, phase, data)).Epoch : 0;
        }

        return done;
    }

    // A kill between the two writes of the first epoch leaves the best one alone; the phase then starts again and nothing that
    // was saved is lost. Every other half of a pair was taken apart by someone.
    private static void CheckPhase(RunFolder folder, string[] files, string fingerprint, Refusals refusals)
    {
        foreach (string file in files)
        {
            PhaseState? state = refusals.Try(() => Checkpoint.ReadState(folder.File(file), fingerprint));
            bool best = file.Contains(".best.", StringComparison.Ordinal);
            if (state is { BestEpoch: > 0 } && files.Length == 1 && !(best && state.Epoch == 1))
            {
                string other = best ? file.Replace(".best.", ".", StringComparison.Ordinal) : file.Replace(".ckpt", ".best.ckpt", StringComparison.Ordinal);
                refusals.Try(() => throw new InputException(folder.File(other), "file", "missing", $"must be there beside {file}: the phase needs both", $"Restore it, or delete {file} to start the phase again"));
            }
        }
    }

    private static string[] Files(string phase) => [$"{phase}.ckpt", $"{phase}.best.ckpt"];
}
