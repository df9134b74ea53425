using System.Numerics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Training;

/// <summary>What a configuration asks of one dense network: its groups, and how many of each set stay.</summary>
public sealed class PruningPlan
{
    private readonly PruningSettings settings;
    private readonly NetShape dense;
    private readonly Allocation allocation;

    public PruningPlan(PruningSettings settings, NetShape dense)
    {
        this.settings = settings;
        this.dense = dense;
        Form = settings.Form();
        Sets = Grouping.Of(dense, Form.Structure, Form.Block);
        allocation = new(dense, Form.Structure, Sets, Form.LeavesShapes ? Vector<float>.Count : 1);
    }

    public PruningForm Form { get; }

    public IReadOnlyList<GroupSet> Sets { get; }

    /// <summary>With the least that leaves no layer empty.</summary>
    public double HighestRate => allocation.HighestRate;

    /// <param name="pretrained">Weights that an allocation by norm looks at; null spreads evenly instead, as an estimate.</param>
    /// <returns>One count per set.</returns>
    public IReadOnlyList<int> Counts(WeightVector? pretrained) => settings.Allocation switch
    {
        AllocationKind.Lanes => InLanes(),
        AllocationKind.Norm when pretrained is not null => allocation.ByNorm(settings.Rate, pretrained),
        _ => allocation.Uniform(settings.Rate),
    };

    /// <summary>Dense over kept weights.</summary>
    public double Rate(IReadOnlyList<int> counts) => allocation.Rate(counts);

    /// <summary>Shape behind a hard prune to these counts; the dense one where groups do not leave the shapes.</summary>
    public NetShape Shape(IReadOnlyList<int> counts) => Form.LeavesShapes ? dense.WithChannels(allocation.Channels(counts)) : dense;

    /// <summary>
    /// Binary products of one frame, of a pruned network. Columns and blocks of the design are not computed; kernels and single weights
    /// are, for their blocks are rarely empty.
    /// </summary>
    public long LaneOperations(INetwork net)
    {
        bool skips = Form.Structure is PruningStructure.Column or PruningStructure.Block;
        return Enumerable.Range(0, net.Prunable.Count).Sum(i =>
            (net.Shape.ReadsFrame(i) ? net.Shape.InputBits : 1) * net.Shape.Layers[i].Convolved.Pixels * (skips ? Stay(net.Prunable[i]) : net.Shape.Layers[i].Weights));
    }

    /// <summary>Weights whose gate is open.</summary>
    public static long KeptWeights(INetwork net) => net.Prunable.Sum(Stay);

    private static long Stay(PrunableWeights layer) => layer.Gate.LongCount(gate => gate > 0);

    private int[] InLanes()
    {
        IReadOnlyList<int> counts = settings.Kept ?? KeptCounts.Choose(dense, settings.Rate, settings.OutputLanes, Vector<float>.Count);
        return [.. dense.Ties().Distinct().Order().Select(first => counts[first])];
    }
}
