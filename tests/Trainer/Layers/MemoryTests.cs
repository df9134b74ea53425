using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class MemoryTests
{
    [Fact]
    public void Maps_do_not_grow_after_the_first_step_and_gradients_take_less_than_one_per_layer()
    {
        using ComplexNet<float> net = SmallNetworks.Random(3, shape: SmallNetworks.Residual());
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        SeededValues.Fill(4, input.Values, -7, 7);
        var work = new WorkSplit(2);
        var gradient = new float[32 * 3];
        SeededValues.Fill<float>(5, gradient);
        long forward = net.MapLength;
        Step();
        long first = net.MapLength;
        Step();
        Assert.Equal(first, net.MapLength);
        long layers = net.Shape.Layers.Sum(layer => 32L * layer.Output.Pixels * 2 * layer.OutputChannels);
        Assert.InRange(first - forward, 1, (2 * layers) - 1);

        void Step()
        {
            _ = net.Forward(input, true, work);
            net.Backward(input, gradient, work);
        }
    }
}
