using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_filter_with_few_inputs_left_starts_as_much_wider_as_keeps_the_variance_of_its_sums(int inputs)
    {
        static RealNet<float> Network(NetShape shape) => new(shape, 2, new(0, ActivationKind.Relu, BatchNorm: false));
        using RealNet<float> pruned = Network(SmallNetworks.Shape()), whole = Network(SmallNetworks.Shape());
        PrunableWeights<float> layer = pruned.Prunable[1];
        layer.Gate.AsSpan(inputs, layer.Shape.Taps - inputs).Clear();
        using INetwork twin = ScratchTwin.Of(pruned, Network, 9);
        WeightStart.Draw(whole, 9, other: true);
        for (int i = 0; i < layer.Gate.Length; i++)
        {
            double wider = i < layer.Shape.Taps ? Math.Sqrt((double)layer.Shape.Taps / inputs) : 1;
            Assert.Equal(whole.Prunable[1].Parts[0][i] * wider, twin.Prunable[1].Parts[0][i], 1e-6);
        }
    }
}
