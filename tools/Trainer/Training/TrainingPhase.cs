using System.Diagnostics;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Trains one network on one split. Data order, and so the whole run, depends on (seed, phase, epoch) only: a resumed phase
/// continues to the bit. Leaves PHASE.ckpt after every epoch and PHASE.best.ckpt at the best validation accuracy.
/// </summary>
public sealed class TrainingPhase : IDisposable
{
    private readonly PhaseContext context;
    private readonly PhaseSettings settings;
    private readonly Adam adam;
    private readonly FeatureBatch<float> input;
    private readonly float[] gradient;
    private readonly int[] labels;
    private readonly DivergenceCheck divergence;

    public TrainingPhase(PhaseContext context, PhaseSettings settings, ComplexNet<float> net)
    {
        this.context = context;
        this.settings = settings;
        Net = net;
        adam = new Adam(net.Parameters());
        input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        labels = new int[net.Batch];
        gradient = new float[net.Batch * net.Shape.Classes];
        divergence = new(context, Arrays());
    }

    public ComplexNet<float> Net { get; }

    public PhaseState State { get; private set; } = new();

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

        adam.Steps = State.OptimizerSteps;
        context.Log.Forget(context.Phase, State.Epoch);
        Net.Refresh();
        return true;
    }

    /// <summary>Trains to the end and loads the best epoch; false when stopped, with the state saved.</summary>
    public bool Run(CancellationToken stop)
    {
        while (State.Epoch < settings.Epochs)
        {
            if (!RunEpoch(stop))
            {
                Save(".ckpt");
                return false;
            }

            Save(".ckpt");
        }

        _ = Checkpoint.Read(context.Path(".best.ckpt"), context.Fingerprint, Weights());
        Net.Refresh();
        return true;
    }

    /// <summary>One step on given frames: sum of losses and right answers.</summary>
    public (double LossSum, int Correct) Step(ReadOnlySpan<int> indices, double learningRate)
    {
        if (context.Augmentation)
        {
            context.Train.Load(indices, input, labels, new CropAndFlip(context.Seed, State.Epoch));
        }
        else
        {
            context.Train.Load(indices, input, labels);
        }

        float[] logits = Net.Forward(input, true, context.Work);
        (double loss, int correct) = SoftmaxLoss.Evaluate(logits, labels.AsSpan(0, indices.Length), Net.Shape.Classes, gradient);
        divergence.Check(loss, DivergenceCheck.Step(State), State);
        Net.Backward(input, gradient, context.Work);
        adam.Step(learningRate);
        divergence.Check(loss, DivergenceCheck.Step(State), State);
        Net.Refresh();
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
        double rate = 0;
        for (int step = firstStep; step < StepsPerEpoch; step++)
        {
            rate = Rate(step);
            (double loss, int correct) = Step(order.AsSpan(step * Net.Batch, Net.Batch), rate);
            State = State with { Step = step + 1, OptimizerSteps = adam.Steps, LossSum = State.LossSum + loss, Correct = State.Correct + correct };
            context.Progress.Report(context.Phase, State.Epoch, settings.Epochs, step + 1, StepsPerEpoch, (step + 1 - firstStep) * Net.Batch / wall.Elapsed.TotalSeconds);
            if (stop.IsCancellationRequested)
            {
                return false;
            }
        }

        double speed = (StepsPerEpoch - firstStep) * Net.Batch / wall.Elapsed.TotalSeconds;
        Finish(rate, speed, cpu);
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
        bool best = validation.Accuracy > State.Best || State.BestEpoch == 0;
        State = new() { Epoch = epoch, OptimizerSteps = adam.Steps, Best = best ? validation.Accuracy : State.Best, BestEpoch = best ? epoch : State.BestEpoch };
        if (best)
        {
            Checkpoint.Write(context.Path(".best.ckpt"), context.Fingerprint, State, Weights());
        }

        context.Log.Add(row);
        context.Progress.Epoch(row);
    }

    private double Rate(int step) => settings.LearningRate *
        LearningRateSchedule.Factor(settings.Schedule, (State.Epoch + ((double)step / StepsPerEpoch)) / settings.Epochs);

    private void Save(string suffix) => Checkpoint.Write(context.Path(suffix), context.Fingerprint, State, Arrays());

    private List<(string Name, float[] Value)> Weights() =>
        [.. Net.Parameters().Select(p => (p.Name, p.Value)), .. Net.Statistics()];

    private List<(string Name, float[] Value)> Arrays()
    {
        List<(string, float[])> list = Weights();
        IReadOnlyList<Parameter<float>> parameters = Net.Parameters();
        list.AddRange(parameters.Select((p, i) => ($"{p.Name}.mean", adam.Means[i])));
        list.AddRange(parameters.Select((p, i) => ($"{p.Name}.square", adam.Squares[i])));
        return list;
    }
}
