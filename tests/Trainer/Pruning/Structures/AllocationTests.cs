using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Structures;

public class AllocationTests
{
    [Theory]
    [InlineData(PruningStructure.Unstructured, 10)]
    [InlineData(PruningStructure.Column, 3)]
    [InlineData(PruningStructure.Channel, 2)]
    [InlineData(PruningStructure.Filter, 5)]
    [InlineData(PruningStructure.Kernel, 5)]
    [InlineData(PruningStructure.Block, 4)]
    public void The_rate_is_reached_and_the_next_share_would_miss_it(PruningStructure structure, double rate)
    {
        foreach (NetShape shape in new[] { SmallNetworks.Shape(), SmallNetworks.Residual() })
        {
            IReadOnlyList<GroupSet> sets = Grouping.Of(shape, structure, (4, 8));
            var allocation = new Allocation(shape, structure, sets);
            WeightVector weights = WeightVectors.Random(1, 2, [.. shape.Layers.Select(layer => (int)layer.Weights)]);
            foreach (IReadOnlyList<int> kept in new[] { allocation.Uniform(rate), allocation.ByNorm(rate, weights) })
            {
                Assert.True(allocation.Rate(kept) >= rate);
                Assert.All(kept.Zip(sets), pair => Assert.InRange(pair.First, 1, pair.Second.Count));
                int[] more = [.. kept.Zip(sets, (count, set) => Math.Min(set.Count, count + 1))];
                Assert.True(allocation.Rate(more) < rate);
            }
        }
    }

    [Fact]
    public void Rates_of_layers_leave_each_its_share_and_layers_without_one_whole()
    {
        NetShape shape = SmallNetworks.Shape();
        IReadOnlyList<GroupSet> sets = Grouping.Of(shape, PruningStructure.Kernel);
        IReadOnlyList<int> kept = new Allocation(shape, PruningStructure.Kernel, sets).ByLayer([3, null, 1e6]);
        Assert.Equal(sets.Select(set => set.Name switch { "conv1" => set.Count / 3, "conv2" => set.Count, _ => 1 }), kept);
    }

    [Fact]
    public void Kept_weights_are_those_the_projection_leaves()
    {
        NetShape shape = SmallNetworks.Shape();
        WeightVector weights = WeightVectors.Random(1, 2, [.. shape.Layers.Select(layer => (int)layer.Weights)]);
        foreach (PruningStructure structure in new[] { PruningStructure.Unstructured, PruningStructure.Column, PruningStructure.Kernel })
        {
            IReadOnlyList<GroupSet> sets = Grouping.Of(shape, structure);
            var allocation = new Allocation(shape, structure, sets);
            IReadOnlyList<int> kept = allocation.Uniform(2);
            int left = WeightVectors.Flat(new PruningProblem(sets, kept).Project(weights)).Count(w => w != 0) / 2;
            Assert.Equal(left, allocation.KeptWeights(kept));
        }
    }

    [Fact]
    public void A_rate_that_would_empty_a_layer_is_refused()
    {
        NetShape shape = SmallNetworks.Shape();
        var allocation = new Allocation(shape, PruningStructure.Column, Grouping.Of(shape, PruningStructure.Column));
        Assert.Contains("without emptying a layer", Assert.Throws<InputException>(() => allocation.Uniform(50)).Message, StringComparison.Ordinal);
    }
}
