using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class ScratchTwinTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_twin_has_the_shape_and_mask_and_behind_a_mask_other_weights_than_the_dense_network_began_with(bool masked)
    {
        using var start = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        using var pruned = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        WeightStart.Draw(start, 9);
        WeightStart.Draw(pruned, 77);
        pruned.Prunable[1].Gate[3] = masked ? 0 : 1;
        using INetwork twin = ScratchTwin.Of(pruned, shape => new ComplexNet<float>(shape, 2), 9);
        Assert.Equal(pruned.Prunable[1].Gate, twin.Prunable[1].Gate);
        for (int i = 0; i < twin.Prunable.Count; i++)
        {
            Assert.Equal(!masked, start.Prunable[i].Parts[0].SequenceEqual(twin.Prunable[i].Parts[0]));
        }

        Assert.Equal(!masked, start.Head.Weight.SequenceEqual(twin.Head.Weight));
    }
}
