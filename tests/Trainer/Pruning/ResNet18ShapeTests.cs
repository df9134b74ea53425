using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

/// <summary>cc-resnet18 as network.md section 3 describes it: its size, its ties, its kept counts at 20x.</summary>
public class ResNet18ShapeTests
{
    private static readonly int[] Stages = [46, 92, 184, 356];

    [Fact]
    public void The_graph_has_the_weights_and_products_of_the_specification()
    {
        NetShape shape = Shape();
        Assert.Equal(20, shape.Layers.Count);
        Assert.Equal(5_508_570, shape.ComplexWeights);
        Assert.Equal(283.2, shape.MultiplyAccumulates / 1e6, 1);
        Assert.Equal(new MapShape(4, 4, 356), shape.Layers[^1].Output);
    }

    [Fact]
    public void A_stage_is_one_tie_of_its_outer_layers()
    {
        int[] ties = Shape().Ties();
        Assert.Equal([0, 1, 0, 3, 0, 5, 6, 5, 8, 5, 10, 11, 10, 13, 10, 15, 16, 15, 18, 15], ties);
    }

    [Fact]
    public void Twenty_times_on_eight_lanes_keeps_whole_groups_in_every_layer()
    {
        NetShape dense = Shape();
        int[] kept = KeptCounts.Choose(dense, 20, 8, 8);
        Assert.Equal([16, 16, 16, 16, 16, 24, 24, 24, 24, 24, 40, 40, 40, 40, 40, 80, 80, 80, 72, 80], kept);
        Assert.InRange(KeptCounts.Rate(dense, kept), 20, 20.1);
        Assert.Equal(11.96, (double)dense.LaneOperations / dense.WithChannels(kept).LaneOperations, 2);
    }

    private static NetShape Shape()
    {
        var input = new MapShape(32, 32, 3);
        var layers = new List<ConvolutionShape> { new(input, Stages[0], 3, 3, 1, 1, 1, 1, 1) };
        var links = new List<LayerLink> { new(LayerLink.Frame, true) };
        for (int block = 0; block < 8; block++)
        {
            int x = layers.Count - 1, channels = Stages[block / 2], stride = block is 2 or 4 or 6 ? 2 : 1, shortcut = x;
            if (stride == 2)
            {
                layers.Add(new(layers[x].Output, channels, 1, 1, 2, 2, 0, 0, 1));
                links.Add(new(x, true));
                shortcut = x + 1;
            }

            layers.Add(new(layers[x].Output, channels, 3, 3, stride, stride, 1, 1, 1));
            links.Add(new(x));
            layers.Add(new(layers[^1].Output, channels, 3, 3, 1, 1, 1, 1, 1));
            links.Add(new(layers.Count - 2, true, shortcut));
        }

        return new NetShape(input, 8, layers, 10) { Links = links, Relu = true };
    }
}
