using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
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

    /// <summary>Maps and scratch of a step are taken once: an image costs the collector its logits and the pieces of work that it is cut into, not its maps.</summary>
    [Fact]
    public void Twice_the_images_allocate_less_than_a_tenth_of_their_maps()
    {
        const int Images = 32;
        long maps = SmallNetworks.Residual().Layers.Sum(layer => (long)Images * layer.Output.Pixels * 2 * layer.OutputChannels * sizeof(float));
        Assert.InRange((AllocatedByStep(2 * Images) - AllocatedByStep(Images)) / (double)maps, 0, 0.1);
    }

    private static long AllocatedByStep(int images)
    {
        using var net = new ComplexNet<float>(SmallNetworks.Residual(), images);
        WeightStart.Draw(net, 3);
        using var input = new FeatureBatch<float>(images, net.Shape.Input);
        SeededValues.Fill(4, input.Values, -7, 7);
        var work = new WorkSplit(1);
        var gradient = new float[images * 3];
        SeededValues.Fill<float>(5, gradient);
        var optimizer = new Adam(net.Parameters());
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Step()
        {
            _ = net.Forward(input, true, work);
            net.Backward(input, gradient, work);
            optimizer.Step(1e-3, work);
        }
    }
}
