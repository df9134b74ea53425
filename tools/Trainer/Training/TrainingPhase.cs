using System.Diagnostics;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Pruning;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Trains one network on one split. Data order, and so the whole run, depends on (seed, phase, epoch) only: a resumed phase
/// continues to the bit. Leaves PHASE.ckpt after every epoch and PHASE.best.ckpt at the best validation accuracy.
/// </summary>
public sealed class TrainingPhase : IDisposable
{
    private readonly PhaseContext context;
    private readonly PhaseSettings settings;
    private readonly IOptimizer optimizer;
    private readonly PruningTarget? target;
    private readonly FeatureBatch<float> input;
    private readonly float[] gradient;
    private readonly int[] labels;
    private readonly DivergenceCheck divergence;

    /// <param name="context">Data, places, threads.</param>
    /// <param name="settings">Epochs and rates.</param>
    /// <param name="net">Starts from its present weights.</param>
    /// <param name="target">What the weights are pulled to; null trains on the loss alone.</param>
    public TrainingPhase(PhaseContext context, PhaseSettings settings, INetwork net, PruningTarget? target = null)
    {
        this.context = context;
        this.settings = settings;
        Net = net;
        this.target = target;
        target?.Begin(net);
        State = new() { Method = target?.Numbers ?? [] };
        OptimizerKind kind = settings.Optimizer ?? (target is null ? OptimizerKind.Adam : OptimizerKind.Sgd);
        optimizer = kind == OptimizerKind.Sgd ? new MomentumSgd(net.Parameters()) : new Adam(net.Parameters());
        input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        labels = new int[net.Batch];
        gradient = new float[net.Batch * net.Shape.Classes];
        divergence = new(context, Arrays());
    }

    public INetwork Net { get; }

    public PhaseState State { get; private set; }

    private int StepsPerEpoch => settings.StepsPerEpoch(context.Train.Count, Net.Batch);

    /// <summary>Continues from PHASE.ckpt; false when there is none.</summary>
    public bool Resume()
    {
        if (!File.Exists(context.Path(".ckpt")))
        {
            return false;
        }

        State = Checkpoint.Read(context.Path(".ckpt"), context.Fingerprint, Arrays());
        if (State.Step > StepsPerEpoch || State.Epoch > settings.Epochs)
        {
            throw new InputException(context.Path(".ckpt"), "counters", $"epoch {State.Epoch}, step {State.Step}", $"must lie in {settings.Epochs} epochs of {StepsPerEpoch} steps", "Delete the file and start the phase again");
        }

        optimizer.Steps = State.OptimizerSteps;
        if (target?.Resume(State.Epoch, State.Method) == false)
        {
            throw new InputException(context.Path(".ckpt"), "method", $"{State.Method.Count} numbers", "must hold those of the pruning method", "Delete the file and start the phase again");
        }

        context.Log.Forget(context.Phase, State.Epoch);
        Refresh();
        return true;
    }

    /// <summary>
    /// Trains to the end and loads the best epoch, unless the last is to stay (<see cref="PhaseContext.KeepsLast"/>); false when stopped, with the state saved. Towards a target it ends early where the method says so,
    /// and the last epoch stays: the best one lies where the penalty has not worked yet.
    /// </summary>
    public bool Run(CancellationToken stop)
    {
        while (State.Epoch < Math.Min(settings.Epochs, context.StopsAfter ?? settings.Epochs) && target is not { Reached: true })
        {
            if (!RunEpoch(stop))
            {
                Save(".ckpt");
                return false;
            }

            Save(".ckpt");
        }

        if (target is null && !context.KeepsLast)
        {
            _ = Checkpoint.Read(context.Path(".best.ckpt"), context.Fingerprint, Weights());
            Net.Refresh();
        }

        return true;
    }

    /// <summary>One step on given frames: sum of losses and right answers.</summary>
    public (double LossSum, int Correct) Step(ReadOnlySpan<int> indices, double learningRate)
    {
        GameSide? others = context.Game?.Reference(Net, context.Work);
        context.Train.Load(indices, input, labels, context.Augmentation ? new CropAndFlip(context.Seed, State.Epoch) : null, context.Work);
        Net.Dropout = Dropout();
        float[] logits = Net.Forward(input, true, context.Work);
        (double loss, int correct) = SoftmaxLoss.Evaluate(logits, labels.AsSpan(0, indices.Length), Net.Shape.Classes, gradient, context.Regularization?.LabelSmoothing ?? 0);
        divergence.Check(loss, DivergenceCheck.Step(State), State);
        context.Game?.Play(new(indices.ToArray(), logits, labels[..indices.Length]), others!, gradient);
        Net.Backward(input, gradient, context.Work);
        Net.Dropout = null;
        context.Game?.AddReferenceTerm(Net, others!, context.Work);
        context.Regularization?.AddDecay(Net.Parameters());
        if (target is null)
        {
            PruningTarget.GateAll(Net);
        }

        target?.AddGradient(Net);
        optimizer.Step(learningRate, context.Work);
        divergence.Check(loss, DivergenceCheck.Step(State), State);
        Refresh();
        return (loss, correct);
    }

    /// <summary>Calibrates and evaluates on the validation split.</summary>
    public EvaluationResult Validate()
    {
        Calibration.Run(Net, context.Train, Calibration.Order(context.Train.Count, context.CalibrationFrames), input, context.Work);
        return FloatEvaluation.Run(Net, context.Validation, input, context.Work);
    }

    public void Dispose() => input.Dispose();

    private bool RunEpoch(CancellationToken stop)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var wall = Stopwatch.StartNew();
        int[] order = new SeededStream(context.Seed, $"order {context.Phase}", (ulong)State.Epoch).Permutation(context.Train.Count);
        int firstStep = State.Step;
        for (int step = firstStep; step < StepsPerEpoch; step++)
        {
            (double loss, int correct) = Step(order.AsSpan(step * Net.Batch, Net.Batch), Rate(step));
            State = State with { Step = step + 1, OptimizerSteps = optimizer.Steps, LossSum = State.LossSum + loss, Correct = State.Correct + correct };
            context.Progress.Report(context.Phase, State.Epoch, settings.Epochs, step + 1, StepsPerEpoch, (step + 1 - firstStep) * Net.Batch / wall.Elapsed.TotalSeconds);
            if (stop.IsCancellationRequested)
            {
                return false;
            }
        }

        double speed = (StepsPerEpoch - firstStep) * Net.Batch / wall.Elapsed.TotalSeconds;
        Finish(Rate(StepsPerEpoch - 1), speed, cpu);
        return true;
    }

    private void Finish(double rate, double speed, TimeSpan cpu)
    {
        EvaluationResult validation = Validate();
        divergence.Check(validation.Loss, $"epoch {State.Epoch + 1}, validation", State);
        long images = (long)StepsPerEpoch * Net.Batch;
        int epoch = State.Epoch + 1;
        var row = new TrainingLogRow(
            context.Phase, epoch, rate, State.LossSum / images, (double)State.Correct / images, validation.Loss, validation.Accuracy,
            images * epoch, Math.Round((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, 1), Math.Round(speed));
        context.Game?.EndEpoch(context.Phase, epoch);
        target?.EndEpoch(epoch, settings.Epochs, row.TrainLoss, Objective);
        bool best = validation.Accuracy > State.Best || State.BestEpoch == 0;
        State = new() { Epoch = epoch, OptimizerSteps = optimizer.Steps, Best = best ? validation.Accuracy : State.Best, BestEpoch = best ? epoch : State.BestEpoch, Method = target?.Numbers ?? [] };
        if (best)
        {
            Checkpoint.Write(context.Path(".best.ckpt"), context.Fingerprint, State, Weights());
        }

        context.Log.Add(row);
        context.Progress.Epoch(row);
    }

    // f of pruning methods: behind the calibration of Validate, on a fixed subset.
    private double Objective() => FloatEvaluation.MeanLoss(
        Net, context.Train, Calibration.Order(context.Train.Count, PruningTarget.ObjectiveFrames), input, context.Work);

    // Of this step alone: a resumed phase draws what the uninterrupted one would.
    private Dropout<float>? Dropout() => context.Regularization is { Dropout: > 0 } regularization
        ? new(regularization.Dropout, context.Seed, context.Phase) { Step = optimizer.Steps }
        : null;

    // Gates follow the weights.
    private void Refresh()
    {
        if (target is null)
        {
            Net.Refresh(context.Work);
        }

        target?.Refresh(Net, context.Work);
    }

    private double Rate(int step) => settings.LearningRate *
        LearningRateSchedule.Factor(settings.Schedule, (State.Epoch + ((double)step / StepsPerEpoch)) / settings.Epochs);

    private void Save(string suffix) => Checkpoint.Write(context.Path(suffix), context.Fingerprint, State, Arrays());

    private List<(string Name, float[] Value)> Weights() =>
        [.. Net.Parameters().Select(p => (p.Name, p.Value)), .. Net.Statistics()];

    private List<(string Name, float[] Value)> Arrays() => [.. Weights(), .. optimizer.Arrays(), .. target?.Arrays() ?? []];
}
