using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// tr(Lam^T (W - Z)) + (rho/2)||W - Z||^2, what ADMM and SLR share. Its gradient rho (W - Z) + Lam is that of
/// (rho/2)||W - Z + Lam/rho||^2, which differs by a constant only.
/// </summary>
public sealed class QuadraticPenalty(PruningProblem problem, WeightVector weights, double rho)
{
    /// <summary>The pruned copy.</summary>
    public WeightVector Z { get; } = problem.Project(weights);

    /// <summary>Multipliers Lam.</summary>
    public WeightVector Multipliers { get; } = weights.Zeros();

    public double Rho { get; set; } = rho;

    public void AddGradient(WeightVector w, WeightVector gradients)
    {
        float rho = (float)Rho;
        for (int layer = 0; layer < w.Layers.Count; layer++)
        {
            for (int part = 0; part < w.Layers[layer].Length; part++)
            {
                (float[] value, float[] z) = (w.Layers[layer][part], Z.Layers[layer][part]);
                (float[] multiplier, float[] gradient) = (Multipliers.Layers[layer][part], gradients.Layers[layer][part]);
                for (int i = 0; i < value.Length; i++)
                {
                    gradient[i] += (rho * (value[i] - z[i])) + multiplier[i];
                }
            }
        }
    }

    /// <summary>Z = Proj(W + Lam/rho); with rho 0 there is no such minimum and Z = Proj(W).</summary>
    public void ProjectTarget(WeightVector w)
    {
        WeightVector point = w.Clone();
        if (Rho > 0)
        {
            point.Add(1 / Rho, Multipliers);
        }

        Z.CopyFrom(problem.Project(point));
    }

    /// <summary>Lam += step (W - z).</summary>
    public void Move(double step, WeightVector w, WeightVector z) => Multipliers.AddDifference(step, w, z);

    /// <summary>L(w, z, Lam) for a given f(w).</summary>
    public double Lagrangian(double loss, WeightVector w, WeightVector z) =>
        loss + WeightVector.Product(Multipliers, w, z) + (Rho / 2 * WeightVector.SquaredDistance(w, z));

    public double Violation(WeightVector w) => WeightVector.Distance(w, Z) / Math.Max(w.Norm(), double.Epsilon);

    public IEnumerable<(string Name, float[] Value)> Arrays() => [.. Z.Arrays("target"), .. Multipliers.Arrays("multiplier")];
}
