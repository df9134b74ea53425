using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class PrunableWeightsTests
{
    [Fact]
    public void A_gate_scales_its_weight_in_the_forward_pass_and_a_closed_one_still_gets_its_gradient()
    {
        var shape = new ConvolutionShape(new(1, 1, 2), 1, 1, 1, 1, 1, 0, 0, 1);
        using var convolution = new BinaryConvolution<float>(shape, 1);
        (convolution.WeightRe[0], convolution.WeightIm[0]) = (0.2f, -0.7f);
        (convolution.WeightRe[1], convolution.WeightIm[1]) = (-0.4f, 0.1f);
        (convolution.Gate[0], convolution.Gate[1]) = (0, 0.5f);
        convolution.Refresh();
        using var x = new FeatureBatch<float>(1, shape.Input);
        using var y = new FeatureBatch<float>(1, shape.Output);
        new float[] { 3, 1, 7, 2 }.CopyTo(x.Values);
        convolution.Forward(x, y, new WorkSplit(1));
        Assert.Equal([0.5f * ((-1 * 1) - (1 * 2)), 0.5f * ((1 * 1) + (-1 * 2))], y.Values.ToArray());
        new float[] { 3, 5 }.CopyTo(y.Values);
        convolution.Backward(x, y, null, new WorkSplit(1));
        Assert.Equal([(3 * 3) + (5 * 7), (3 * 1) + (5 * 2)], convolution.GradientRe);
        Assert.Equal([(5 * 3) - (3 * 7), (5 * 1) - (3 * 2)], convolution.GradientIm);
    }

    [Fact]
    public void The_views_are_the_arrays_of_the_network_and_gates_multiply_its_gradients_once_asked()
    {
        using ComplexNet<float> net = SmallNetworks.Random(3, 2);
        PrunableWeights view = net.Prunable[1];
        Assert.Equal(("conv2", true, 2), (view.Name, view.Binary, view.Parts.Length));
        Assert.Same(net.Convolutions[1].WeightIm, view.Parts[1]);
        Assert.Same(net.Norms[1].State.Mask, view.ChannelMask);
        Assert.Contains(net.Statistics(), s => s.Name == "conv2.gate" && ReferenceEquals(s.Value, view.Gate));
        SeededValues.Fill<float>(4, view.Gradients[0]);
        float[] before = [.. view.Gradients[0]];
        view.GateGradients();
        Assert.Equal(before, view.Gradients[0]);
        view.Gate[3] = 0.25f;
        view.GateGradients();
        before[3] *= 0.25f;
        Assert.Equal(before, view.Gradients[0]);
    }
}
