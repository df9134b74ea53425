using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Structures;

/// <summary>What a group is, written out: the other tests take groups as they come.</summary>
public class GroupingTests
{
    // Of the second layer, 2 filters of 3 x 1 taps on 2 channels; taps in the order (ky*Kw + kx)*Cin + c.
    [Theory]
    [InlineData(PruningStructure.Unstructured, "conv2", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })]
    [InlineData(PruningStructure.Filter, "conv2", new[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1 })]
    [InlineData(PruningStructure.Column, "conv2", new[] { 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5 })]
    [InlineData(PruningStructure.Kernel, "conv2", new[] { 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3 })]
    [InlineData(PruningStructure.Channel, "conv1", new[] { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 })]
    [InlineData(PruningStructure.Block, "conv2", new[] { 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3 })]
    public void Groups_of_a_layer_are_those_of_its_structure(PruningStructure structure, string name, int[] groups)
    {
        var first = new ConvolutionShape(new MapShape(4, 3, 1), 2, 1, 1, 1, 1, 0, 0, 1);
        var second = new ConvolutionShape(first.Output, 2, 3, 1, 1, 1, 1, 0, 1);
        GroupSet set = Assert.Single(Grouping.Of(new NetShape(first.Input, 2, [first, second], 2), structure, (1, 4)), set => set.Members.Any(member => member.Layer == 1));
        Assert.Equal(name, set.Name);
        Assert.Equal(groups, Assert.Single(set.Members).Group);
        Assert.Equal(groups.Max() + 1, set.Count);
    }
}
