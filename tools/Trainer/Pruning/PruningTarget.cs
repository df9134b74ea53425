using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Pruning;

/// <summary>A method at work on one network: what a training phase calls, and the log of its iterations.</summary>
/// <param name="problem">What has to stay.</param>
/// <param name="method">How it gets there.</param>
/// <param name="gated">Structure whose groups fade by gates, of binary weights; null for real weights and for plain signs.</param>
public sealed class PruningTarget(PruningProblem problem, IPruningMethod method, PruningStructure? gated = null)
{
    /// <summary>Fixed training samples that f is taken on.</summary>
    public const int ObjectiveFrames = 2048;

    private readonly PruningProblem losing = problem.Losing;
    private readonly List<PruningIteration> iterations = [];
    private WeightVector? weights;
    private WeightVector? gradients;
    private GatedBinarization? gates;

    public IReadOnlyList<PruningIteration> Iterations => iterations;

    /// <summary>Where iterations go besides; null = nowhere.</summary>
    public IterationLog? Log { get; init; }

    /// <summary>What a checkpoint keeps of the method beside <see cref="Arrays"/>.</summary>
    public double[] Numbers => method.Numbers;

    /// <summary>Whether the phase may end before its last epoch.</summary>
    public bool Reached => method.Reached;

    /// <summary>Takes hold of the network's weights, from now on live; of the layers that are pruned: a penalty would hold the others where they are.</summary>
    public void Begin(INetwork net)
    {
        weights = WeightVector.Of(net).Only(losing.Layers);
        gradients = WeightVector.GradientsOf(net).Only(losing.Layers);
        method.Begin(losing, weights);
        gates = gated is { } structure ? new(net, structure, losing.Sets) : null;
    }

    /// <summary>Behind a backward pass: gates first, for they act on the gradient of the loss alone.</summary>
    public void AddGradient(INetwork net)
    {
        if (gates is null)
        {
            GateAll(net);
        }

        gates?.Apply();
        method.AddGradient(weights!, gradients!);
    }

    /// <summary>Without a target: gradients of the weights behind their gates.</summary>
    public static void GateAll(INetwork net)
    {
        foreach (PrunableWeights layer in net.Prunable)
        {
            layer.GateGradients();
        }
    }

    /// <summary>Behind every change of the weights, in place of a refresh.</summary>
    public void Refresh(INetwork net, WorkSplit work)
    {
        if (gates is null)
        {
            net.Refresh(work);
        }

        gates?.Update(work);
    }

    /// <summary>Ends the phase: the hard prune that follows sets masks and gates itself.</summary>
    public void Release() => gates?.Release();

    /// <param name="epoch">Epochs done, from 1.</param>
    /// <param name="epochs">Epochs of the phase.</param>
    /// <param name="epochLoss">Mean training loss of this one.</param>
    /// <param name="loss">Mean loss of the weights as they are now, on fixed samples.</param>
    public void EndEpoch(int epoch, int epochs, double epochLoss, Func<double> loss)
    {
        PruningIteration iteration = method.EndEpoch(epoch, epochs, weights!, method.TakesEpochLoss ? () => epochLoss : loss);
        iterations.Add(iteration);
        Log?.Add(iteration);
    }

    /// <summary>Continues behind an epoch whose arrays were read; false when the numbers are not those of the method.</summary>
    public bool Resume(int epoch, IReadOnlyList<double> numbers)
    {
        if (numbers.Count != method.Numbers.Length)
        {
            return false;
        }

        method.Numbers = [.. numbers];
        Log?.Forget(epoch);
        return true;
    }

    public IEnumerable<(string Name, float[] Value)> Arrays() => method.Arrays();
}
