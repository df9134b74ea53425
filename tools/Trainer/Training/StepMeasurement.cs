using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Speed of whole training steps, see <see cref="StepTrial"/>.</summary>
/// <param name="Timing">On a shared machine its CPU time is the number to compare.</param>
/// <param name="MapBytes">Maps held.</param>
/// <param name="ParameterBytes">What is trained, once; see <see cref="TrainingBytes"/>.</param>
public sealed record StepMeasurement(StepTiming Timing, long MapBytes, long ParameterBytes)
{
    // Value, gradient and both moments of Adam.
    private const int HeldByTraining = 4;

    // Z, multipliers, both of the last accepted pair and the point that the penalty draws to: SLR, which holds the most.
    private const int HeldByMethod = 5;

    // A few steps of a small network are too short to measure.
    private const int LeastSteps = 3;
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(1);

    /// <param name="configuration">Arithmetic, batch, seed.</param>
    /// <param name="shape">Of this network.</param>
    /// <param name="threads">Whatever the configuration says.</param>
    public static StepMeasurement Of(TrainerConfiguration configuration, NetShape shape, int threads)
    {
        using var trial = new StepTrial(configuration, shape);
        var work = new WorkSplit(threads);
        _ = trial.Run(work, Stretch);
        return new(trial.Run(work, Stretch, LeastSteps), sizeof(float) * trial.MapLength, sizeof(float) * trial.ParameterLength);
    }

    /// <summary>Parameters with all that training, and pruning them by a method, holds beside them.</summary>
    public long TrainingBytes(bool byMethod) => ParameterBytes * (HeldByTraining + (byMethod ? HeldByMethod : 0));

    /// <summary>
    /// Floating-point operations of one image in one step, of convolutions and linear layers alone: a product is taken forward, for the
    /// weights and for the input, not for the frame's; a complex one is four multiplications and four additions, a real one one of each.
    /// </summary>
    public static double Operations(NetShape shape, bool complex) =>
        (complex ? 8.0 : 2.0) * Enumerable.Range(0, shape.Layers.Count).Sum(i => shape.Layers[i].MultiplyAccumulates * (shape.ReadsFrame(i) ? 2 : 3));
}
