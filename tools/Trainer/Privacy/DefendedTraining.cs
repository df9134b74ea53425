using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Trains one network by the pipeline of a defence: the one that is attacked, or one of an attacker's.</summary>
internal sealed class DefendedTraining : IDisposable
{
    private readonly PrivacySettings settings;
    private readonly TrainingSets sets;
    private readonly PrivacyContender contender;
    private readonly ulong seed;
    private readonly ProgressLine progress;
    private readonly TrainerConfiguration configuration;
    private readonly WorkSplit work;
    private readonly FeatureBatch<float> input;
    private MembershipGame? game;
    private INetwork net;

    /// <param name="settings">Phases, method, game.</param>
    /// <param name="training">Network and dense phase.</param>
    /// <param name="sets">Frames.</param>
    /// <param name="contender">The defence.</param>
    /// <param name="seed">Of weights and order.</param>
    /// <param name="progress">Console.</param>
    public DefendedTraining(PrivacySettings settings, TrainerConfiguration training, TrainingSets sets, PrivacyContender contender, ulong seed, ProgressLine progress)
    {
        (this.settings, this.sets, this.contender, this.seed, this.progress) = (settings, sets, contender, seed, progress);
        configuration = training with { Seed = seed, Name = string.Empty };
        work = new(training.Threads);
        input = new(training.Batch, sets.Members.Shape);
        net = Started();
    }

    /// <summary>Dense over kept weights; 1 unless pruned.</summary>
    public double Rate { get; private set; } = 1;

    /// <summary>On validation, nothing retrained; null unless pruned.</summary>
    public double? HardPruneAccuracy { get; private set; }

    /// <summary>Null without private steps.</summary>
    public double? Epsilon { get; private set; }

    /// <summary>Of the pruning phase at its end; null without one.</summary>
    public double? Violation { get; private set; }

    /// <summary>Empty without a game.</summary>
    public IReadOnlyList<GameEpoch> Game => game?.Epochs ?? [];

    /// <summary>The undefended network, which other rows of the seed begin with too; false when stopped.</summary>
    public bool Dense(string place, CancellationToken stop) => Train("dense", configuration.Dense, place, stop);

    /// <summary>The defence, on the dense network or from new weights; false when stopped.</summary>
    public bool Defend(string place, CancellationToken stop)
    {
        if (contender.Epochs is not null || contender.Regularization is not null)
        {
            NetworkCopy.Replace(ref net, Started());
            return Train("dense", configuration.Dense, place, stop, stopsAfter: contender.Epochs, regularization: contender.Regularization);
        }

        if (contender.Sigma is { } sigma)
        {
            NetworkCopy.Replace(ref net, Started());
            using var steps = new DpTraining(settings.Dp!, sigma, sets.Members, net, seed, work);
            Epsilon = steps.Epsilon;
            return steps.Run(stop);
        }

        return !contender.IsPruned || Prune(place, stop);
    }

    /// <summary>Statistics of a norm are those of the last training epoch, re-estimated there.</summary>
    public ModelAnswers Answers(FrameStore frames) => ModelAnswers.Of(net, frames, input, work);

    public void Dispose()
    {
        game?.Dispose();
        input.Dispose();
        net.Dispose();
    }

    private bool Prune(string place, CancellationToken stop)
    {
        PruningSettings pruning = settings.Pruning(contender);
        var plan = new PruningPlan(pruning, net.Shape, configuration.LeastChannels);
        var problem = new PruningProblem(plan.Sets, plan.Counts(WeightVector.Of(net)));
        if (contender.Lambda > 0)
        {
            game = new MembershipGame(settings.Game, contender.Lambda.Value, sets.Reference, net.Batch, seed);
            game.WarmUp(net, sets.Members, work);
        }

        var target = new PruningTarget(problem, pruning.MethodSettings().Create());
        if (!contender.Scratch && !Train("prune", settings.Prune, place, stop, target))
        {
            return false;
        }

        Violation = target.Iterations.LastOrDefault()?.Violation;
        HardPruned(plan, problem);
        PhaseSettings last = contender.Scratch ? configuration.Dense with { Epochs = configuration.Dense.Epochs + settings.Prune.Epochs + settings.Retrain.Epochs } : settings.Retrain;
        return Train("retrain", last, place, stop);
    }

    private void HardPruned(PruningPlan plan, PruningProblem problem)
    {
        IReadOnlyList<int[]> kept = problem.Largest(WeightVector.Of(net));
        HardPrune.Apply(net, plan.Form.Structure, problem, kept);
        Rate = plan.Rate(problem.Kept);
        HardPruneAccuracy = contender.Scratch ? null : Calibrated();
        if (plan.Form.LeavesShapes)
        {
            NetworkCopy.Replace(ref net, Compaction.Compact(net, KeptChannels.Of(net.Shape, plan.Sets, kept)));
        }

        if (contender.Scratch)
        {
            NetworkCopy.Replace(ref net, ScratchTwin.Of(net, configuration.Network, seed));
        }
    }

    // With statistics of the pruned network.
    private double Calibrated()
    {
        Calibration.Run(net, sets.Members, Calibration.Order(sets.Members.Count, configuration.CalibrationFrames), input, work);
        return Answers(sets.Validation).Accuracy;
    }

    private INetwork Started()
    {
        INetwork started = configuration.Network(configuration.Shape(sets.Members.Shape, sets.Members.Classes));
        WeightStart.Draw(started, seed);
        return started;
    }

    private bool Train(string name, PhaseSettings phase, string place, CancellationToken stop, PruningTarget? target = null, int? stopsAfter = null, Regularization? regularization = null)
    {
        string held = regularization is null ? string.Empty : "; " + ConfigurationFile.Text(regularization);
        string fingerprint = ConfigurationFile.Fingerprint(configuration, "dense", FormattableString.Invariant($"{sets.Description}; {settings.Members} members, {settings.Validation} validation, last epoch{held}"));
        var context = new PhaseContext(
            name, place, fingerprint, seed, sets.Members, sets.Validation, configuration.CalibrationFrames,
            new TrainingLog(Path.Combine(place, "log.csv")), work, progress)
        { KeepsLast = true, StopsAfter = stopsAfter, Game = name == "dense" ? null : game, Regularization = regularization };
        using var running = new TrainingPhase(context, phase, net, target);
        if (context.Game is null)
        {
            running.Resume(); // a game lies in no checkpoint
        }

        return running.Run(stop);
    }
}
