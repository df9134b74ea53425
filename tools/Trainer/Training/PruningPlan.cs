using System.Globalization;
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
    private readonly int leastChannels;
    private readonly Allocation allocation;

    /// <param name="settings">Structure, rate, allocation.</param>
    /// <param name="dense">Shape before.</param>
    /// <param name="leastChannels">Of a layer that channels leave: the compacted complex network computes in whole vectors.</param>
    public PruningPlan(PruningSettings settings, NetShape dense, int leastChannels)
    {
        this.settings = settings;
        this.dense = dense;
        this.leastChannels = leastChannels;
        Form = settings.Form();
        Sets = Grouping.Of(dense, Form.Structure, Form.Block);
        allocation = new(dense, Form.Structure, Sets, Form.LeavesShapes ? leastChannels : 1);
    }

    public PruningForm Form { get; }

    public IReadOnlyList<GroupSet> Sets { get; }

    /// <summary>With the least that leaves no layer empty; 1 where there is nothing to prune.</summary>
    public double HighestRate => Sets.Count == 0 ? 1 : allocation.HighestRate;

    /// <summary>The rule that a rate above <see cref="HighestRate"/> breaks, in words.</summary>
    public string Reach => string.Create(CultureInfo.InvariantCulture, $"must be reachable: without emptying a layer {Form.Name} pruning gives at most {HighestRate:F2}x");

    /// <param name="pretrained">Weights that an allocation by norm looks at; null spreads evenly instead, as an estimate.</param>
    /// <returns>One count per set.</returns>
    public IReadOnlyList<int> Counts(WeightVector? pretrained) => settings.Allocation switch
    {
        AllocationKind.Lanes => InLanes(),
        AllocationKind.Layers => allocation.ByLayer(settings.LayerRates!),
        AllocationKind.Norm when pretrained is not null => allocation.ByNorm(settings.Rate, pretrained),
        _ => allocation.Uniform(settings.Rate),
    };

    /// <summary>Dense over kept weights.</summary>
    public double Rate(IReadOnlyList<int> counts) => allocation.Rate(counts);

    /// <summary>Shape behind a hard prune to these counts; the dense one where groups do not leave the shapes.</summary>
    public NetShape Shape(IReadOnlyList<int> counts) => Form.LeavesShapes ? dense.WithChannels(allocation.Channels(counts)) : dense;

    /// <summary>
    /// Binary products of one frame, of a network pruned to these counts, masked or compacted. Columns and blocks of the design are not
    /// computed; kernels and single weights are, for their blocks are rarely empty (network.md section 4).
    /// </summary>
    public long LaneOperations(INetwork net, IReadOnlyList<int> counts)
    {
        if (Form.Structure is not (PruningStructure.Column or PruningStructure.Block))
        {
            return Shape(counts).LaneOperations;
        }

        return Enumerable.Range(0, net.Prunable.Count).Sum(i =>
            (dense.ReadsFrame(i) ? dense.InputBits : 1) * dense.Layers[i].Convolved.Pixels * Stay(net.Prunable[i]));
    }

    /// <summary>Weights whose gate is open.</summary>
    public static long KeptWeights(INetwork net) => net.Prunable.Sum(Stay);

    private static long Stay(PrunableWeights layer) => layer.Gate.LongCount(gate => gate > 0);

    private int[] InLanes()
    {
        IReadOnlyList<int> counts = settings.Kept ?? KeptCounts.Choose(dense, settings.Rate, settings.OutputLanes!.Value, leastChannels);
        return [.. dense.Ties().Distinct().Order().Select(first => counts[first])];
    }
}
