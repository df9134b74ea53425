using System.Diagnostics;
using BcnnSim.Design;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Trains one row: from the dense network of its seed to the test accuracy of the retrained one.</summary>
internal sealed class RowTraining : IDisposable
{
    private readonly ComparisonSettings settings;
    private readonly TrainerConfiguration configuration;
    private readonly TrainerConfiguration dense;
    private readonly ComparisonData data;
    private readonly ComparisonFolder folder;
    private readonly ComparisonKey key;
    private readonly ContenderSettings contender;
    private readonly ProgressLine progress;
    private readonly WorkSplit work;
    private readonly FeatureBatch<float> input;
    private readonly AcceleratorDesign? design;
    private readonly string? owner;
    private readonly bool roundsLate;
    private readonly string? rules;
    private RowOutcome? measured;

    public RowTraining(ComparisonSettings settings, ComparisonTrainings trainings, ComparisonData data, ComparisonFolder folder, ComparisonKey key, AcceleratorDesign? design, ProgressLine progress)
    {
        (this.settings, this.data, this.folder, this.key, this.design, this.progress) = (settings, data, folder, key, design, progress);
        configuration = trainings.Of(key.Label) with { Seed = key.Seed };
        owner = trainings.Owner(settings, key.Label);
        rules = TrainingRules.Of(settings, trainings, key);
        roundsLate = trainings.RoundsLate(settings, key.Label);
        dense = trainings.Dense(settings, key.Label) with { Seed = key.Seed };
        contender = settings.Contender(key.Label);
        work = new(configuration.Threads);
        input = new(configuration.Batch, data.Loaded.Train.Shape);
    }

    private NetShape Shape => configuration.Shape(data.Loaded.Train.Shape, data.Loaded.Train.Classes);

    /// <summary>Null when stopped; the row then begins again.</summary>
    public ComparisonRow? Run(string fingerprint, CancellationToken stop)
    {
        INetwork net = Started();
        try
        {
            return TrainDense(net, stop) switch
            {
                true => Row(ref net, fingerprint, stop),
                false => null,
                null => Guessing(fingerprint),
            };
        }
        finally
        {
            net.Dispose();
        }
    }

    public void Dispose() => input.Dispose();

    // Null where it diverged.
    private bool? TrainDense(INetwork net, CancellationToken stop)
    {
        try
        {
            using FileStream held = folder.HoldDense(owner, key.Seed, stop);
            return Train("dense", configuration.Dense, folder.Dense(owner, key.Seed), net, stop);
        }
        catch (DivergenceException diverged)
        {
            progress.Line(diverged.Message);
            return null;
        }
    }

    private ComparisonRow? Row(ref INetwork net, string fingerprint, CancellationToken stop)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        string place = folder.Begin(key);
        double before = Accuracy(net);
        var problem = RowProblem.Of(settings, key, net, configuration.LeastChannels);
        if (Outcome(problem, ref net, place, stop) is not { } outcome)
        {
            return null;
        }

        bool dense = contender.Baseline == BaselineKind.Dense;
        EvaluationResult? test = settings.Test == false || outcome.Diverged ? null : FloatEvaluation.Run(net, data.Test, input, work);
        return new()
        {
            Key = key,
            Fingerprint = fingerprint,
            Data = data.Loaded.Description,
            Rules = rules,
            Processor = ProcessorFeatures.Describe(),
            Rate = dense ? 1 : problem.Rate(net, Shape),
            LaneOperationRate = dense ? 1 : problem.LaneOperationRate(net, Shape),
            Dense = before,
            HardPrune = outcome.HardPrune,
            Binarized = outcome.Binarized,
            Retrain = outcome.Retrain,
            Test = test?.Accuracy ?? (settings.Test == false ? null : Chance),
            TestByTag = test is { HasTags: true } ? [.. test.ByTag().Select(group => new TagAccuracy(group.Tag, group.Accuracy))] : null,
            Diverged = outcome.Diverged,
            Violation = outcome.Violation,
            Images = Images(outcome.PruneEpochs),
            CpuSeconds = Seconds(cpu), // before the machine is simulated, which costs no training
            FramesPerSecond = design is null || outcome.Diverged ? null : SimulatedSpeed.FramesPerSecond(net, problem.Form, configuration.Data, design),
        };
    }

    private double Chance => 1.0 / data.Loaded.Train.Classes;

    private static double Seconds(TimeSpan since) => Math.Round((Process.GetCurrentProcess().TotalProcessorTime - since).TotalSeconds, 1);

    // A dense network that blows up has nothing to prune.
    private ComparisonRow Guessing(string fingerprint) => new()
    {
        Key = key,
        Fingerprint = fingerprint,
        Data = data.Loaded.Description,
        Rules = rules,
        Processor = ProcessorFeatures.Describe(),
        Rate = contender.Baseline == BaselineKind.Dense ? 1 : key.Rate,
        LaneOperationRate = 1,
        Dense = Chance,
        HardPrune = Chance,
        Binarized = roundsLate ? Chance : null,
        Retrain = settings.Retrain.Epochs == 0 ? [] : [Chance],
        Test = settings.Test == false ? null : Chance,
        Diverged = true,
        Violation = null,
        FramesPerSecond = null,
        Images = Of(configuration.Dense, configuration.Dense.Epochs),
        CpuSeconds = 0,
    };

    // Numbers under which training blows up are a result of the method, not of the comparison: they count as guessing.
    private RowOutcome? Outcome(RowProblem problem, ref INetwork net, string place, CancellationToken stop)
    {
        try
        {
            return contender.StartsAnew ? Scratch(problem, ref net, place, stop) : Prune(problem, ref net, place, stop);
        }
        catch (DivergenceException diverged)
        {
            progress.Line(diverged.Message);
            RowOutcome before = measured ?? new(Chance, roundsLate ? Chance : null, [], null, settings.Prune.Epochs);
            return before with { Retrain = settings.Retrain.Epochs == 0 ? [] : [Chance], Diverged = true };
        }
    }

    private RowOutcome? Prune(RowProblem problem, ref INetwork net, string place, CancellationToken stop)
    {
        PruningStructure? gated = settings.Route(contender) == BinarizationRoute.Gated ? key.Structure : null;
        PruningTarget? target = contender.Method is { } method ? new(problem.Problem, method.Create(), gated) { Log = new(folder.IterationFile(key)) } : null;
        PhaseSettings phase = settings.Prune with { Optimizer = settings.Prune.Optimizer ?? OptimizerKind.Sgd }; // of baselines too
        if (!Train("prune", phase, place, net, stop, target))
        {
            return null;
        }

        target?.Release();
        IReadOnlyList<int[]> kept = contender.Baseline == BaselineKind.Random ? problem.Random(key.Seed) : problem.Problem.Largest(WeightVector.Of(net));
        if (contender.Baseline != BaselineKind.Dense)
        {
            HardPrune.Apply(net, key.Structure, problem.Problem, kept);
        }

        double pruned = Accuracy(net);
        if (roundsLate)
        {
            NetworkCopy.CarryOver(ref net, configuration.Network(net.Shape));
        }

        double? binarized = roundsLate ? Accuracy(net) : null;
        Compact(ref net, problem, kept);
        configuration.OnGrid(net);
        measured = new(pruned, binarized, [], target?.Iterations.LastOrDefault()?.Violation, target?.Iterations.Count ?? settings.Prune.Epochs);
        return Retrained(settings.Retrain, "retrain", net, place, stop) is { } curve ? measured with { Retrain = curve } : null;
    }

    private RowOutcome? Scratch(RowProblem problem, ref INetwork net, string place, CancellationToken stop)
    {
        IReadOnlyList<int[]> kept = problem.Problem.Largest(WeightVector.Of(net));
        HardPrune.Apply(net, problem.Form.Structure, problem.Problem, kept);
        Compact(ref net, problem, kept);
        NetworkCopy.Replace(ref net, ScratchTwin.Of(net, configuration.PrunedNetwork, key.Seed));
        double untrained = Accuracy(net);
        return Retrained(FromScratch(), "scratch", net, place, stop) is { } curve ? new(untrained, null, curve, null, 0) : null;
    }

    private PhaseSettings FromScratch() => settings.FromScratch(contender, configuration.Dense);

    private IReadOnlyList<double>? Retrained(PhaseSettings phase, string name, INetwork net, string place, CancellationToken stop)
    {
        var log = new TrainingLog(Path.Combine(place, "log.csv"));
        return Train(name, phase, place, net, stop, null, log) ? [.. log.Rows.Where(row => row.Phase == name).Select(row => row.ValidationAccuracy)] : null;
    }

    private INetwork Started()
    {
        INetwork net = dense.Network(Shape);
        WeightStart.Draw(net, key.Seed);
        return net;
    }

    // Channels that left need not be computed: many times faster.
    private void Compact(ref INetwork net, RowProblem problem, IReadOnlyList<int[]> kept)
    {
        if (contender.Baseline == BaselineKind.Dense || !problem.Form.LeavesShapes)
        {
            return;
        }

        NetworkCopy.Replace(ref net, Compaction.Compact(net, KeptChannels.Of(net.Shape, problem.Problem.Sets, kept)));
    }

    private bool Train(string name, PhaseSettings phase, string place, INetwork net, CancellationToken stop, PruningTarget? target = null, TrainingLog? log = null)
    {
        if (phase.Epochs == 0)
        {
            return true;
        }

        string fingerprint = ConfigurationFile.Fingerprint(dense, "dense", data.Loaded.Description);
        var context = new PhaseContext(
            name, place, fingerprint, key.Seed, data.Loaded.Train, data.Loaded.Validation, configuration.CalibrationFrames,
            log ?? new TrainingLog(Path.Combine(place, "log.csv")), work, progress)
        { Augmentation = configuration.Data.Augmentation is not null };
        using var running = new TrainingPhase(context, phase, net, target);
        running.Resume();
        return running.Run(stop);
    }

    private double Accuracy(INetwork net)
    {
        FrameStore train = data.Loaded.Train;
        Calibration.Run(net, train, Calibration.Order(train.Count, configuration.CalibrationFrames), input, work);
        return FloatEvaluation.Run(net, data.Loaded.Validation, input, work).Accuracy;
    }

    private long Images(int pruneEpochs) => contender.StartsAnew
        ? Of(FromScratch(), FromScratch().Epochs)
        : Of(configuration.Dense, configuration.Dense.Epochs) + Of(settings.Prune, pruneEpochs) + Of(settings.Retrain, settings.Retrain.Epochs);

    private long Of(PhaseSettings phase, int epochs) => (long)epochs * phase.StepsPerEpoch(data.Loaded.Train.Count, configuration.Batch) * configuration.Batch;
}
