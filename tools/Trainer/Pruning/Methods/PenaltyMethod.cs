using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// Penalty only: f + (rho/2)||W - Z||^2, Z = Proj(W) behind every epoch, no multipliers. The control that shows what multipliers add.
/// </summary>
/// <param name="rho">Of the first epoch.</param>
/// <param name="rhoGrowth">Factor from epoch to epoch: 1 beside methods of fixed rho, SLR's own beside SLR with growing rho.</param>
public sealed class PenaltyMethod(double rho, double rhoGrowth = 1) : IPruningMethod
{
    private QuadraticPenalty? penalty;

    public string Name => "penalty";

    public double[] Numbers
    {
        get => rhoGrowth == 1 ? [] : [penalty!.Rho];
        set => penalty!.Rho = rhoGrowth == 1 ? rho : value[0];
    }

    public void Begin(PruningProblem problem, WeightVector weights) => penalty = new(problem, weights, rho);

    public void AddGradient(WeightVector weights, WeightVector gradients) => penalty!.AddGradient(weights, gradients);

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss)
    {
        double used = penalty!.Rho;
        penalty.ProjectTarget(weights);
        penalty.Rho = used * rhoGrowth;
        return new(epoch, null, penalty.Violation(weights), used);
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => penalty!.Arrays();
}
