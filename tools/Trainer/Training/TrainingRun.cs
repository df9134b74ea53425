using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// The phases of a configuration in order: dense, training towards the pruned network, hard prune, retraining of what is left, the
/// same shape and mask from scratch. With resume, finished phases are loaded, not repeated.
/// </summary>
public sealed class TrainingRun(TrainerConfiguration configuration, LoadedData data, RunFolder folder, bool resume, ProgressLine progress)
{
    private readonly WorkSplit work = new(configuration.Threads);
    private readonly TrainingLog log = new(folder.Log);

    /// <summary>False when stopped by the user, with everything saved.</summary>
    public bool Execute(CancellationToken stop)
    {
        NetShape shape = configuration.Shape(data.Train.Shape, data.Train.Classes);
        INetwork net = configuration.DenseNetwork(shape);
        try
        {
            WeightStart.Draw(net, configuration.Seed);
            return Train("dense", configuration.Dense, net, stop)
                && (configuration.Pruning is not { } pruning || Pruned(pruning, ref net, stop));
        }
        finally
        {
            net.Dispose();
        }
    }

    private bool Pruned(PruningSettings pruning, ref INetwork net, CancellationToken stop)
    {
        var plan = new PruningPlan(pruning, net.Shape, configuration.LeastChannels);
        var problem = new PruningProblem(plan.Sets, plan.Counts(WeightVector.Of(net)));
        if (!TrainTowards(problem, pruning, net, stop))
        {
            return false;
        }

        Prune(ref net, plan, problem);
        return Train("retrain", configuration.Retrain, net, stop) && Scratch(net, stop);
    }

    private bool TrainTowards(PruningProblem problem, PruningSettings settings, INetwork dense, CancellationToken stop)
    {
        var iterations = new IterationLog(folder.Iterations);
        PruningStructure? gated = settings.Binarization == BinarizationRoute.Gated ? settings.Structure : null;
        var target = new PruningTarget(problem, settings.MethodSettings().Create(), gated) { Log = iterations };
        bool finished = Train("prune", settings.Phase, dense, stop, target);
        target.Release();
        if (iterations.Rows.Count > 0)
        {
            IterationPicture.Write(iterations, folder.IterationCurves);
        }

        return finished;
    }

    private bool Scratch(INetwork pruned, CancellationToken stop)
    {
        using INetwork net = ScratchTwin.Of(pruned, configuration.PrunedNetwork, configuration.Seed);
        return Train("scratch", configuration.Scratch, net, stop);
    }

    // Statistics are those of the epoch before, re-estimated there. What leaves the shapes is compacted, the rest is the dense
    // network itself behind its gates.
    private void Prune(ref INetwork net, PruningPlan plan, PruningProblem problem)
    {
        double rate = plan.Rate(problem.Kept);
        if (rate < configuration.Pruning!.Rate)
        {
            throw new InputException("configuration", "pruning.kept", string.Join(",", problem.Kept), $"reaches {rate:F2}x, below the rate {configuration.Pruning.Rate}", "Keep fewer channels");
        }

        File.Delete(folder.PhaseTable);
        NetShape dense = net.Shape;
        IReadOnlyList<int[]> groups = problem.Largest(WeightVector.Of(net));
        IReadOnlyList<int[]> kept = plan.Form.LeavesShapes ? KeptChannels.Of(dense, plan.Sets, groups) : groups;
        folder.Kept.Write(kept);
        HardPrune.Apply(net, plan.Form.Structure, problem, groups);
        if (configuration.BinarizesLate)
        {
            Report("hard-prune", net, dense, plan, problem.Kept, kept);
            NetworkCopy.CarryOver(ref net, configuration.Network(dense));
        }

        if (plan.Form.LeavesShapes)
        {
            NetworkCopy.Replace(ref net, Compaction.Compact(net, kept));
        }

        configuration.OnGrid(net);
        Report(configuration.BinarizesLate ? "binarized" : "hard-prune", net, dense, plan, problem.Kept, kept);
    }

    private void Report(string phase, INetwork pruned, NetShape dense, PruningPlan plan, IReadOnlyList<int> counts, IReadOnlyList<int[]> groups)
    {
        using var trial = new TrainingPhase(Context(phase), configuration.Dense, pruned);
        double accuracy = trial.Validate().Accuracy;
        string kept = string.Join('/', groups.Select(list => list.Length));
        (long weights, long lanes) = (PruningPlan.KeptWeights(pruned), plan.LaneOperations(pruned, counts));
        double rate = (double)dense.ComplexWeights / weights;
        string numbers = configuration.IsReal ? "real" : "complex";
        progress.Line(FormattableString.Invariant(
            $"{phase.Replace('-', ' ')}: {plan.Form.Name}, kept {kept}, {dense.ComplexWeights} -> {weights} {numbers} weights = {rate:F2}x, lane operations {(double)dense.LaneOperations / lanes:F2}x fewer, validation accuracy {accuracy:P2}"));
        PhaseTable.Append(folder.PhaseTable,
        [
            ("phase", phase), ("kept", kept), ($"{numbers}Weights", $"{weights}"), ("rate", PhaseTable.Number(rate)),
            ("laneOperations", $"{lanes}"), ("denseLaneOperations", $"{dense.LaneOperations}"), ("validationAccuracy", PhaseTable.Number(accuracy)),
        ]);
    }

    private PhaseContext Context(string name) => new(
        name, folder.Root, ConfigurationFile.Fingerprint(configuration, name, data.Description), configuration.Seed,
        data.Train, data.Validation, configuration.CalibrationFrames, log, work, progress)
    {
        Augmentation = configuration.Data.Augmentation is not null,
    };

    private bool Train(string name, PhaseSettings? settings, INetwork net, CancellationToken stop, PruningTarget? target = null)
    {
        if (settings is null || settings.Epochs == 0)
        {
            return true;
        }

        using var phase = new TrainingPhase(Context(name), settings, net, target);
        if (!resume || !phase.Resume())
        {
            log.Forget(name, 0);
            target?.Log?.Forget(0);
        }

        bool finished = phase.Run(stop);
        if (finished && target is null)
        {
            string verdict = phase.State.Converged(settings.Epochs) ? "converged" : "not converged: the last fifth of the epochs still improved it";
            progress.Line(FormattableString.Invariant($"{name}: best validation accuracy {phase.State.Best:P2}, epoch {phase.State.BestEpoch} of {settings.Epochs}, {verdict}"));
        }

        CurvePicture.Write(log.Rows, folder.Curves);
        return finished;
    }
}
