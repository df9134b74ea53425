using System.Diagnostics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Trains one row: a defended network, and every attack on it.</summary>
internal sealed class PrivacyTraining(
    PrivacySettings settings, TrainerConfiguration training, PrivacyData data, PrivacyFolder folder, PrivacyContender contender, ulong seed, ProgressLine progress) : IDisposable
{
    private readonly TrainerConfiguration configuration = training with { Seed = seed, Name = string.Empty };
    private readonly WorkSplit work = new(training.Threads);
    private readonly FeatureBatch<float> input = new(training.Batch, data.Members.Shape);
    private MembershipGame? game;
    private double? epsilon;
    private double? violation;

    private NetShape Shape => configuration.Shape(data.Members.Shape, data.Members.Classes);

    /// <summary>Null when stopped; the row then begins again.</summary>
    public PrivacyRow? Run(string fingerprint, CancellationToken stop)
    {
        INetwork net = Started(Shape);
        try
        {
            if (!Train("dense", configuration.Dense, folder.Dense(seed), net, stop))
            {
                return null;
            }

            TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
            string place = folder.Begin(contender.Label, seed);
            return Defended(ref net, place, fingerprint, cpu, stop);
        }
        finally
        {
            net.Dispose();
        }
    }

    // Numbers under which training blows up are a result of the defence, not of the study: they count as guessing.
    private PrivacyRow? Defended(ref INetwork net, string place, string fingerprint, TimeSpan cpu, CancellationToken stop)
    {
        try
        {
            (bool finished, double rate, double? hardPrune) = Defended(ref net, place, stop);
            return finished ? Row(net, fingerprint, rate, hardPrune, cpu) : null;
        }
        catch (DivergenceException diverged)
        {
            progress.Line(diverged.Message);
            return PrivacyRow.Guessing(contender.Label, seed, fingerprint, 1.0 / data.Members.Classes) with { Epsilon = epsilon };
        }
    }

    public void Dispose()
    {
        game?.Dispose();
        input.Dispose();
    }

    private (bool Finished, double Rate, double? HardPrune) Defended(ref INetwork net, string place, CancellationToken stop)
    {
        if (contender.Epochs is { } epochs)
        {
            NetworkCopy.Replace(ref net, Started(Shape));
            return (Train("dense", configuration.Dense, place, net, stop, stopsAfter: epochs), 1, null);
        }

        if (contender.Sigma is { } sigma)
        {
            NetworkCopy.Replace(ref net, Started(Shape));
            using var steps = new DpTraining(settings.Dp!, sigma, data.Members, net, seed, work);
            epsilon = steps.Epsilon;
            return (steps.Run(stop), 1, null);
        }

        return contender.IsPruned ? Pruned(ref net, place, stop) : (true, 1, null);
    }

    private (bool Finished, double Rate, double? HardPrune) Pruned(ref INetwork net, string place, CancellationToken stop)
    {
        PruningSettings pruning = settings.Pruning(contender);
        var plan = new PruningPlan(pruning, net.Shape, configuration.LeastChannels);
        var problem = new PruningProblem(plan.Sets, plan.Counts(WeightVector.Of(net)));
        if (contender.Lambda > 0)
        {
            game = new MembershipGame(settings.Game, contender.Lambda.Value, data.Reference, net.Batch, seed);
            game.WarmUp(net, data.Members, work);
        }

        var target = new PruningTarget(problem, pruning.MethodSettings().Create());
        if (!contender.Scratch && !Train("prune", settings.Prune, place, net, stop, target))
        {
            return default;
        }

        violation = target.Iterations.LastOrDefault()?.Violation;

        IReadOnlyList<int[]> kept = problem.Largest(WeightVector.Of(net));
        HardPrune.Apply(net, plan.Form.Structure, problem, kept);
        double? hardPrune = contender.Scratch ? null : Calibrated(net);
        if (plan.Form.LeavesShapes)
        {
            NetworkCopy.Replace(ref net, Compaction.Compact(net, KeptChannels.Of(net.Shape, plan.Sets, kept)));
        }

        if (contender.Scratch)
        {
            NetworkCopy.Replace(ref net, ScratchTwin.Of(net, configuration.Network, seed));
        }

        PhaseSettings last = contender.Scratch ? configuration.Dense with { Epochs = configuration.Dense.Epochs + settings.Prune.Epochs + settings.Retrain.Epochs } : settings.Retrain;
        return (Train("retrain", last, place, net, stop), plan.Rate(problem.Kept), hardPrune);
    }

    private PrivacyRow Row(INetwork net, string fingerprint, double rate, double? hardPrune, TimeSpan cpu)
    {
        ModelAnswers members = Answers(net, data.Members);
        IReadOnlyList<AttackResult> attacks = AttackSuite.Run(members, Answers(net, data.NonMembers), seed);
        return new()
        {
            Label = contender.Label,
            Seed = seed,
            Fingerprint = fingerprint,
            Processor = ProcessorFeatures.Describe(),
            Rate = rate,
            Train = members.Accuracy,
            Validation = Answers(net, data.Validation).Accuracy,
            HardPrune = hardPrune,
            Epsilon = epsilon,
            Violation = violation,
            Diverged = false,
            Attacks = attacks,
            AgainstReference = AttackSuite.Run(AttackSuite.Strongest(attacks).Name, members, Answers(net, data.Reference), seed),
            Game = game?.Epochs ?? [],
            CpuSeconds = Math.Round((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, 1),
        };
    }

    // With statistics of the pruned network.
    private double Calibrated(INetwork net)
    {
        Calibration.Run(net, data.Members, Calibration.Order(data.Members.Count, configuration.CalibrationFrames), input, work);
        return Answers(net, data.Validation).Accuracy;
    }

    // Statistics of a norm are those of the last training epoch, re-estimated there.
    private ModelAnswers Answers(INetwork net, FrameStore frames) => ModelAnswers.Of(net, frames, input, work);

    private INetwork Started(NetShape shape)
    {
        INetwork net = configuration.Network(shape);
        WeightStart.Draw(net, seed);
        return net;
    }

    private bool Train(string name, PhaseSettings phase, string place, INetwork net, CancellationToken stop, PruningTarget? target = null, int? stopsAfter = null)
    {
        string fingerprint = ConfigurationFile.Fingerprint(configuration, "dense", FormattableString.Invariant($"{data.Description}; {settings.Members} members, {settings.Validation} validation, last epoch"));
        var context = new PhaseContext(
            name, place, fingerprint, seed, data.Members, data.Validation, configuration.CalibrationFrames,
            new TrainingLog(Path.Combine(place, "log.csv")), work, progress)
        { KeepsLast = true, StopsAfter = stopsAfter, Game = name == "dense" ? null : game };
        using var running = new TrainingPhase(context, phase, net, target);
        if (context.Game is null)
        {
            running.Resume(); // a game lies in no checkpoint
        }

        return running.Run(stop);
    }
}
