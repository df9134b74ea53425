using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>What one row has to keep of its dense network.</summary>
/// <param name="Plan">Groups and their allocation.</param>
/// <param name="Problem">The groups with their designated numbers.</param>
internal sealed record RowProblem(PruningPlan Plan, PruningProblem Problem)
{
    public static RowProblem Of(ComparisonSettings settings, ComparisonKey key, INetwork dense, int leastChannels)
    {
        var plan = new PruningPlan(settings.Pruning(key), dense.Shape, leastChannels);
        return new(plan, new(plan.Sets, plan.Counts(WeightVector.Of(dense))));
    }

    /// <summary>How an export names it.</summary>
    public PruningForm Form => Plan.Form;

    /// <summary>Dense over kept weights, of the pruned network: the plan counts on the smallest blocks to go, those at the edge of a list.</summary>
    public double Rate(INetwork pruned, NetShape dense) =>
        Form.Structure == PruningStructure.Block ? (double)dense.ComplexWeights / PruningPlan.KeptWeights(pruned) : Plan.Rate(Problem.Kept);

    /// <summary>Dense over kept binary products of a frame, of the pruned network.</summary>
    public double LaneOperationRate(INetwork pruned, NetShape dense) => (double)dense.LaneOperations / Plan.LaneOperations(pruned, Problem.Kept);

    /// <summary>Groups drawn at random, as many as designated.</summary>
    public IReadOnlyList<int[]> Random(ulong seed) => [.. Problem.Sets.Select((set, i) =>
        new SeededStream(seed, $"random groups {set.Name}").Permutation(set.Count)[..Problem.Kept[i]].Order().ToArray())];
}
