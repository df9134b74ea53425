using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// Surrogate Lagrangian relaxation (Gurevin et al., IJCAI 2021, arXiv 2012.10079): L(W, Z, Lam) = f + tr(Lam^T (W - Z)) +
/// (rho/2)||W - Z||^2. Multipliers move only where the surrogate optimality conditions hold, by a step that shrinks with the
/// violation it leaves. W_prev and Z_prev are clones of the last accepted pair: with live weights condition 1 would
/// compare a number with itself.
/// </summary>
public sealed class SlrMethod(SlrSettings settings) : IPruningMethod
{
    private QuadraticPenalty? penalty;
    private WeightVector? previousW;
    private WeightVector? previousZ;
    private double previousLoss;
    private double step = settings.Step;
    private int k = 1;

    public string Name => "slr";

    public bool TakesEpochLoss => settings.EpochLoss;

    public double[] Numbers
    {
        get => [step, k, previousLoss, penalty!.Rho];
        set => (step, k, previousLoss, penalty!.Rho) = (value[0], (int)value[1], value[2], value[3]);
    }

    public void Begin(PruningProblem problem, WeightVector weights)
    {
        penalty = new(problem, weights, settings.Rho);
        previousW = weights.Clone();
        previousZ = penalty.Z.Clone();
    }

    public void AddGradient(WeightVector weights, WeightVector gradients) => penalty!.AddGradient(weights, gradients);

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss)
    {
        double f = loss();
        double rho = penalty!.Rho;
        bool first = Accept1(f, weights);
        WeightVector oldZ = previousZ!.Clone();
        if (first)
        {
            Move(WeightVector.Distance(previousW!, oldZ), weights, oldZ);
        }

        penalty.ProjectTarget(weights);
        bool second = k == 1 || penalty.Lagrangian(f, weights, penalty.Z) < penalty.Lagrangian(f, weights, oldZ);
        if (second)
        {
            Move(WeightVector.Distance(weights, oldZ), weights, penalty.Z);
        }

        if (first || second)
        {
            previousLoss = f;
            previousW!.CopyFrom(weights);
            previousZ.CopyFrom(penalty.Z);
        }

        penalty.Rho *= settings.RhoGrowth;
        return new(epoch, f, penalty.Violation(weights), rho, step, k - 1, first, second);
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => [.. penalty!.Arrays(), .. previousW!.Arrays("previousW"), .. previousZ!.Arrays("previousZ")];

    // L(W, Z_prev, Lam) < L(W_prev, Z_prev, Lam); the very first update is always taken.
    private bool Accept1(double f, WeightVector weights) =>
        k == 1 || penalty!.Lagrangian(f, weights, previousZ!) < penalty.Lagrangian(previousLoss, previousW!, previousZ!);

    // s = a_k s before/after, Lam += s (W - z), k += 1; a ratio with a zero norm leaves s.
    private void Move(double before, WeightVector weights, WeightVector z)
    {
        double after = WeightVector.Distance(weights, z);
        if (before > 0 && after > 0)
        {
            step *= settings.Shrink(k) * before / after;
        }

        penalty!.Move(step, weights, z);
        k++;
    }
}
