using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Comparison;

public class RowProblemTests
{
    /// <summary>Blocks at the edge of a list are smaller: which of them stay decides how many weights do.</summary>
    [Fact]
    public void The_rate_of_blocks_is_that_of_the_weights_that_stay()
    {
        using ComplexNet<float> net = SmallNetworks.Random(3);
        var settings = new PruningSettings { Method = MethodRules.Magnitude, Rate = 2, OutputLanes = 1, Kept = null, Structure = PruningStructure.Block, Allocation = AllocationKind.Uniform, Block = [4, 7] };
        var plan = new PruningPlan(settings, net.Shape, 8);
        var row = new RowProblem(plan, new(plan.Sets, plan.Counts(null)));
        IReadOnlyList<int[]> first = [.. row.Problem.Kept.Select(kept => Enumerable.Range(0, kept).ToArray())];
        HardPrune.Apply(net, PruningStructure.Block, row.Problem, first);
        long stay = net.Prunable.Sum(layer => layer.Gate.LongCount(gate => gate > 0));
        Assert.Equal((double)net.Shape.ComplexWeights / stay, row.Rate(net, net.Shape));
        Assert.NotEqual(plan.Rate(row.Problem.Kept), row.Rate(net, net.Shape));
    }
}
