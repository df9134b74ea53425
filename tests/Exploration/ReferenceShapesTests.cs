using BcnnSim.Exploration;
using BcnnSim.Mapping;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Exploration;

/// <summary>Weight and operation counts of network.md section 3.</summary>
public sealed class ReferenceShapesTests
{
    [Fact]
    public void Dense_networks_have_the_weights_of_the_specification()
    {
        Assert.Equal(398_212, ReferenceShapes.CcNin().Weights);
        Assert.Equal(5_508_570, ReferenceShapes.CcResNet18().Weights);
    }

    [Fact]
    public void Dense_networks_have_the_multiply_accumulates_of_the_specification()
    {
        Assert.Equal(93.69, (ReferenceShapes.CcNin() with { InputBits = 1 }).LaneOperations / 1e6, 2);
        Assert.Equal(283.2, (ReferenceShapes.CcResNet18() with { InputBits = 1 }).LaneOperations / 1e6, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Pruned_shapes_reach_the_rate_with_whole_groups(int multiple)
    {
        foreach (NetworkShape dense in (NetworkShape[])[ReferenceShapes.CcNin(), ReferenceShapes.CcResNet18(), ReferenceShapes.CcIq()])
        {
            NetworkShape pruned = FilterPrunedShape.Of(dense, 20, multiple);
            Assert.True(dense.Weights >= 20 * pruned.Weights, pruned.Name);
            Assert.All(pruned.Layers, l => Assert.Equal(0, l.OutputChannels % multiple));
        }
    }

    [Fact]
    public void Residual_widths_stay_tied_where_maps_are_added()
    {
        NetworkShape pruned = FilterPrunedShape.Of(ReferenceShapes.CcResNet18(), 20, 8);
        var stage = pruned.Layers.Where(l => l.Name.StartsWith("stage2.", StringComparison.Ordinal) && !l.Name.EndsWith("conv1", StringComparison.Ordinal));
        Assert.Single(stage.Select(l => l.OutputChannels).Distinct());
    }

    [Fact]
    public void The_reference_design_has_the_geometry_that_the_search_ranks_first()
    {
        var reference = Designs.Reference();
        var best = GeometrySearch.Run(reference, [ReferenceShapes.CcNin(), ReferenceShapes.CcResNet18(), ReferenceShapes.CcIq()], 20, 256, 512)[0][0];
        Assert.Equal((reference.PeArray.OutputLanes, reference.PeArray.PixelLanes, reference.PeArray.InputLanes), (best.Po, best.Pp, best.Pi));
    }

    [Fact]
    public void Planned_array_cycles_of_a_shape_are_the_closed_form_of_its_tiles()
    {
        LayerPlan plan = ShapePlans.Of(ReferenceShapes.CcNin(), Designs.Reference())[0];
        Assert.Equal(64L * 16 * 8 * 19, plan.ArrayCycles);
    }
}
