using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning;

/// <summary>A method at work on one network: what a training phase calls, and the log of its iterations.</summary>
public sealed class PruningTarget(PruningProblem problem, IPruningMethod method)
{
    /// <summary>Fixed training samples that f is taken on.</summary>
    public const int ObjectiveFrames = 2048;

    private readonly List<PruningIteration> iterations = [];
    private WeightVector? weights;
    private WeightVector? gradients;

    public PruningProblem Problem { get; } = problem;

    public IReadOnlyList<PruningIteration> Iterations => iterations;

    public double[] Numbers
    {
        get => method.Numbers;
        set => method.Numbers = value;
    }

    /// <summary>Takes hold of the network's weights, from now on live.</summary>
    public void Begin(INetwork net)
    {
        weights = WeightVector.Of(net);
        gradients = WeightVector.GradientsOf(net);
        method.Begin(Problem, weights);
    }

    public void AddGradient() => method.AddGradient(weights!, gradients!);

    public void EndEpoch(int epoch, int epochs, Func<double> loss) => iterations.Add(method.EndEpoch(epoch, epochs, weights!, loss));

    public IEnumerable<(string Name, float[] Value)> Arrays() => method.Arrays();

    /// <summary>The hard prune: groups that stay.</summary>
    public IReadOnlyList<int[]> Kept() => Problem.Largest(weights!);
}
