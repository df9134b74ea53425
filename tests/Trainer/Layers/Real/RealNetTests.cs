using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers.Real;

public class RealNetTests
{
    private const int Images = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bits_do_not_depend_on_the_threads(bool binary)
    {
        foreach (NetShape shape in new[] { RealShapes.Chain(true), RealShapes.Residual() })
        {
            Assert.Equal(Step(shape, binary, 1), Step(shape, binary, 2));
            Assert.Equal(Step(shape, binary, 1), Step(shape, binary, 3));
        }
    }

    [Fact]
    public void Imaginary_parts_are_channels_of_their_own_or_not_read()
    {
        using var input = new FeatureBatch<float>(Images, RealShapes.Input);
        SeededValues.Fill(2, input.Values);
        foreach (bool both in new[] { false, true })
        {
            using var net = new RealNet<float>(RealShapes.Chain(both), Images, new(0, ActivationKind.Relu));
            Fill(net);
            float[] before = net.Forward(input, true, new WorkSplit(1));
            for (int i = 0; i < input.Values.Length; i++)
            {
                input.Values[i] += i % 4 >= 2 ? 1f : 0;
            }

            float[] after = net.Forward(input, true, new WorkSplit(1));
            Assert.Equal(both, !before.AsSpan().SequenceEqual(after));
        }
    }

    [Fact]
    public void A_masked_channel_is_zero_for_its_readers_and_its_weights_get_no_gradient()
    {
        using var net = new RealNet<float>(RealShapes.Chain(false), Images, new(1, ActivationKind.Sign));
        Fill(net);
        PrunableWeights first = net.Prunable[0];
        first.ChannelMask[1] = 0;
        using var input = new FeatureBatch<float>(Images, RealShapes.Input);
        SeededValues.Fill(2, input.Values);
        float[] before = net.Forward(input, true, new WorkSplit(1));
        net.Backward(input, before, new WorkSplit(1));
        Assert.Equal(("conv1", true, 1), (first.Name, first.Binary, first.Parts.Length));
        Assert.All(first.Gradients[0].Skip(first.Shape.Taps).Take(first.Shape.Taps), g => Assert.Equal(0, g));
        Assert.Contains(first.Gradients[0], g => g != 0);
        PrunableWeights second = net.Prunable[1];
        for (int t = 1; t < second.Shape.Weights; t += 3)
        {
            second.Gate[t] = 0;
        }

        net.Refresh();
        Assert.Equal(before, net.Forward(input, true, new WorkSplit(1)));
    }

    [Fact]
    public void A_net_without_norm_has_weights_and_biases_only()
    {
        using var net = new RealNet<float>(RealShapes.Chain(false), 2, new(0, ActivationKind.Relu, BatchNorm: false));
        Assert.Equal(
            ["conv1.weight", "norm1.shift", "conv2.weight", "norm2.shift", "conv3.weight", "norm3.shift", "conv4.weight", "norm4.shift", "head.weight", "head.shift"],
            net.Parameters().Select(p => p.Name));
        Assert.Empty(net.Moving());
        Assert.All(net.Statistics(), s => Assert.True(s.Name.EndsWith("mask", StringComparison.Ordinal) || s.Name.EndsWith("gate", StringComparison.Ordinal)));
    }

    private static float[] Step(NetShape shape, bool binary, int threads)
    {
        using var net = new RealNet<float>(shape, Images, new(binary ? 1 : 0, binary ? ActivationKind.Sign : ActivationKind.Relu));
        Fill(net);
        using var input = new FeatureBatch<float>(Images, shape.Input);
        SeededValues.Fill(2, input.Values);
        var work = new WorkSplit(threads);
        float[] logits = net.Forward(input, true, work);
        net.Backward(input, logits, work);
        return [.. logits, .. net.Parameters().SelectMany(p => p.Gradient), .. net.Moving().SelectMany(m => m.Running)];
    }

    private static void Fill(RealNet<float> net)
    {
        int seed = 50;
        foreach (Parameter<float> parameter in net.Parameters().Where(p => p.Name.EndsWith("weight", StringComparison.Ordinal)))
        {
            SeededValues.Fill<float>(seed++, parameter.Value);
        }

        net.Refresh();
    }
}
