using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// Penalty only: f + (rho/2)||W - Z||^2, Z = Proj(W) behind every epoch, no multipliers. The control that shows what multipliers add.
/// </summary>
public sealed class PenaltyMethod(double rho) : IPruningMethod
{
    private QuadraticPenalty? penalty;

    public string Name => "penalty";

    public double[] Numbers { get; set; } = [];

    public void Begin(PruningProblem problem, WeightVector weights) => penalty = new(problem, weights, rho);

    public void AddGradient(WeightVector weights, WeightVector gradients) => penalty!.AddGradient(weights, gradients);

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss)
    {
        penalty!.ProjectTarget(weights);
        return new(epoch, null, penalty.Violation(weights), rho);
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => penalty!.Arrays();
}
