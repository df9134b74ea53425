using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>What one row has to keep, and what that saves.</summary>
/// <param name="Problem">Groups and designated numbers.</param>
/// <param name="Structure">What goes as one.</param>
/// <param name="Rate">Dense over kept weights.</param>
/// <param name="LaneOperationRate">Dense over kept lane operations.</param>
/// <param name="Block">Po and Pi, for blocks.</param>
internal sealed record RowProblem(PruningProblem Problem, PruningStructure Structure, double Rate, double LaneOperationRate, (int Output, int Input)? Block)
{
    public static RowProblem Of(ComparisonSettings settings, ComparisonKey key, INetwork dense)
    {
        (int, int)? block = settings.Block is { } lanes ? (lanes[0], lanes[1]) : null;
        IReadOnlyList<GroupSet> sets = Grouping.Of(dense.Shape, key.Structure, block);
        var allocation = new Allocation(dense.Shape, key.Structure, sets, Least(dense, key.Structure));
        IReadOnlyList<int> kept = settings.Allocation == AllocationKind.Norm
            ? allocation.ByNorm(key.Rate, WeightVector.Of(dense))
            : allocation.Uniform(key.Rate);
        return new(new(sets, kept), key.Structure, allocation.Rate(kept), LaneOperations(dense.Shape, key.Structure, allocation, sets, kept), key.Structure == PruningStructure.Block ? block : null);
    }

    /// <summary>How an export names it.</summary>
    public PruningForm Form => new(Structure, Block);

    /// <summary>Groups drawn at random, as many as designated.</summary>
    public IReadOnlyList<int[]> Random(ulong seed) => [.. Problem.Sets.Select((set, i) =>
        new SeededStream(seed, $"random groups {set.Name}").Permutation(set.Count)[..Problem.Kept[i]].Order().ToArray())];

    // Channels leave in whole vectors of the compacted complex network.
    private static int Least(INetwork net, PruningStructure structure) =>
        structure is PruningStructure.Filter or PruningStructure.Channel && net is ComplexNet<float> ? System.Numerics.Vector<float>.Count : 1;

    // Kernels and single weights leave lanes masked, not idle: they save nothing but whole empty blocks (network.md section 4).
    private static double LaneOperations(NetShape shape, PruningStructure structure, Allocation allocation, IReadOnlyList<GroupSet> sets, IReadOnlyList<int> kept)
    {
        switch (structure)
        {
            case PruningStructure.Filter or PruningStructure.Channel:
                return (double)shape.LaneOperations / shape.WithChannels(allocation.Channels(kept)).LaneOperations;
            case PruningStructure.Column or PruningStructure.Block:
                var shares = sets.Zip(kept).ToDictionary(pair => pair.First.Members[0].Layer, pair => (double)pair.Second / pair.First.Count);
                double left = shape.Layers.Select((layer, i) => (shape.ReadsFrame(i) ? shape.InputBits : 1) * layer.MultiplyAccumulates * shares.GetValueOrDefault(i, 1)).Sum();
                return shape.LaneOperations / left;
            default:
                return 1;
        }
    }
}
