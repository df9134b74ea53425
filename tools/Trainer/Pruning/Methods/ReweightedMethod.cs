using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>
/// Reweighted regularisation (Zhang et al., DAC 2021, arXiv 2004.05531, after Candes, Wakin and Boyd 2008):
/// f + lambda sum_g P_g ||W_g||, P_g = 1/(||W_g|| + eps) from the pretrained weights, computed again at 20, 40, 60 and 80 % of the
/// run and constant in between. Bounded: once a set has its designated number of groups below 1 % of its median norm at the start,
/// P of the groups that stay is frozen to 0.
/// </summary>
public sealed class ReweightedMethod(ReweightedSettings settings) : IPruningMethod
{
    private const double Small = 0.01;
    private const int Stages = 5;

    private PruningProblem? problem;
    private double[][] factors = [];
    private double[] threshold = [];
    private bool[] frozen = [];

    public string Name => settings.Reweighted ? "reweighted" : "group-lasso";

    /// <summary>P, one array per set.</summary>
    public IReadOnlyList<double[]> Factors => factors;

    public double[] Numbers
    {
        get => [.. factors.SelectMany(p => p), .. threshold, .. frozen.Select(f => f ? 1.0 : 0)];
        set => Restore(value);
    }

    public void Begin(PruningProblem problem, WeightVector weights)
    {
        this.problem = problem;
        double[][] norms = [.. problem.Sets.Select(set => set.SquaredNorms(weights))];
        factors = [.. problem.Sets.Select(set => new double[set.Count])];
        frozen = new bool[factors.Length];
        threshold = Array.ConvertAll(norms, set => Small * Median(set));
        for (int s = 0; s < factors.Length; s++)
        {
            Array.Fill(factors[s], 1);
        }

        if (settings.Reweighted)
        {
            Recompute(norms);
        }
    }

    public void AddGradient(WeightVector weights, WeightVector gradients)
    {
        for (int s = 0; s < factors.Length; s++)
        {
            GroupSet set = problem!.Sets[s];
            double[] norms = set.SquaredNorms(weights);
            float[] scale = [.. norms.Select((squared, g) => (float)(settings.Lambda * factors[s][g] * Slope(squared)))];
            foreach (GroupMember member in set.Members)
            {
                for (int part = 0; part < weights.Layers[member.Layer].Length; part++)
                {
                    Add(weights.Layers[member.Layer][part], gradients.Layers[member.Layer][part], member.Group, scale);
                }
            }
        }
    }

    public PruningIteration EndEpoch(int epoch, int epochs, WeightVector weights, Func<double> loss)
    {
        double[][] norms = [.. problem!.Sets.Select(set => set.SquaredNorms(weights))];
        bool stage = epoch < epochs && epoch * Stages / epochs > (epoch - 1) * Stages / epochs;
        if (settings.Reweighted && stage)
        {
            Recompute(norms);
        }

        if (settings.Bounded)
        {
            Freeze(norms);
        }

        double violation = WeightVector.Distance(weights, problem.Project(weights)) / Math.Max(weights.Norm(), double.Epsilon);
        return new(epoch, null, violation, settings.Lambda, null, frozen.Count(f => f));
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => [];

    private static void Add(float[] weights, float[] gradients, int[] group, float[] scale)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            gradients[i] += scale[group[i]] * weights[i];
        }
    }

    private static double Median(double[] squared)
    {
        double[] sorted = [.. squared.Order()];
        return Math.Sqrt(sorted[(sorted.Length - 1) / 2]);
    }

    // Of ||W_g|| (or its square) at W, as a factor of W; 0 has no slope there.
    private double Slope(double squared) => settings.Squared ? 2 : squared > 0 ? 1 / Math.Sqrt(squared) : 0;

    private void Recompute(double[][] norms)
    {
        for (int s = 0; s < factors.Length; s++)
        {
            for (int g = 0; g < norms[s].Length; g++)
            {
                bool stays = frozen[s] && factors[s][g] == 0;
                factors[s][g] = stays ? 0 : 1 / ((settings.Squared ? norms[s][g] : Math.Sqrt(norms[s][g])) + settings.Epsilon);
            }
        }
    }

    private void Freeze(double[][] norms)
    {
        for (int s = 0; s < factors.Length; s++)
        {
            int small = norms[s].Count(squared => Math.Sqrt(squared) < threshold[s]);
            if (frozen[s] || small < norms[s].Length - problem!.Kept[s])
            {
                continue;
            }

            frozen[s] = true;
            foreach (int g in norms[s].Index().OrderByDescending(pair => pair.Item).ThenBy(pair => pair.Index).Take(problem.Kept[s]).Select(pair => pair.Index))
            {
                factors[s][g] = 0;
            }
        }
    }

    private void Restore(double[] numbers)
    {
        int at = 0;
        foreach (double[] p in factors)
        {
            numbers.AsSpan(at, p.Length).CopyTo(p);
            at += p.Length;
        }

        numbers.AsSpan(at, threshold.Length).CopyTo(threshold);
        frozen = [.. numbers.Skip(at + threshold.Length).Select(x => x != 0)];
    }
}
