using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// Alternating direction method of multipliers (Zhang et al., ECCV 2018, arXiv 1804.03294): W-step on
/// f + (rho/2)||W - Z + U||^2, Z = Proj(W + U), U += W - Z; Lam = rho U. rho grows by <c>growth</c> at each of <c>stages</c> equal
/// parts of the run; Lam stays when rho grows, so U shrinks by the same factor (Boyd et al. 2011, section 3.4.1).
/// </summary>
/// <param name="rho">Of the first stage.</param>
/// <param name="growth">Factor between stages; 10.</param>
/// <param name="stages">Stages; 3.</param>
/// <param name="dualStep">U += dualStep (W - Z); 1 in ADMM.</param>
/// <param name="step">Where given, in its place Lam += step (W - Z), a dual step of step/rho: the control of SLR, with its s0.</param>
/// <param name="stopBelow">Relative violation below which the run ends; 0 = at its last epoch.</param>
public sealed class AdmmMethod(double rho, double growth, int stages, double dualStep = 1, double? step = null, double stopBelow = 0) : IPruningMethod
{
    private QuadraticPenalty? penalty;
    private double violation = double.PositiveInfinity;

    public string Name => "admm";

    public double[] Numbers
    {
        get => [penalty!.Rho, violation];
        set => (penalty!.Rho, violation) = (value[0], value[1]);
    }

    public bool Reached => violation < stopBelow;

    public void Begin(PruningProblem problem, WeightVector weights) => penalty = new(problem, weights, rho);

    public void AddGradient(WeightVector weights, WeightVector gradients) => penalty!.AddGradient(weights, gradients);

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss)
    {
        double used = penalty!.Rho, taken = step ?? (dualStep * used);
        penalty.ProjectTarget(weights);
        penalty.Move(taken, weights, penalty.Z);
        int stage = Math.Min(stages - 1, epoch * stages / epochs);
        penalty.Rho = rho * Math.Pow(growth, stage);
        violation = penalty.Violation(weights);
        return new(epoch, null, violation, used, taken, epoch);
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => penalty!.Arrays();
}
