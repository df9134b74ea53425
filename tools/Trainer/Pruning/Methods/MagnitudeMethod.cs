using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>Train on, without penalty, then project: the baseline of every table, at the same number of epochs.</summary>
public sealed class MagnitudeMethod : IPruningMethod
{
    private PruningProblem? problem;

    public string Name => "magnitude";

    public double[] Numbers { get; set; } = [];

    public void Begin(PruningProblem problem, WeightVector weights) => this.problem = problem;

    public void AddGradient(WeightVector weights, WeightVector gradients)
    {
    }

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss) =>
        new(epoch, null, WeightVector.Distance(weights, problem!.Project(weights)) / Math.Max(weights.Norm(), double.Epsilon), 0);

    public IEnumerable<(string Name, float[] Value)> Arrays() => [];
}
