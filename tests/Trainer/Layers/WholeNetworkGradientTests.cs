using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class WholeNetworkGradientTests
{
    private const int Seed = 11;
    private static readonly int[] Labels = [0, 2, 1, 2, 0];

    public static TheoryData<string> Graphs => ["chain", "diagonal norms", "learned imaginary", "residual", "residual with learned imaginary", "values read twice", "residual with ReLU"];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Every_parameter_of_the_float_network_matches_finite_differences(string graph)
    {
        using ComplexNet<double> net = Net(Shape(graph), graph.EndsWith("ReLU", StringComparison.Ordinal) ? ActivationKind.Relu : ActivationKind.Hardtanh);
        using var input = new FeatureBatch<double>(5, net.Shape.Input);
        SeededValues.Fill(Seed, input.Values, -3, 3);
        var work = new WorkSplit(2);
        net.Refresh();
        var gradient = new double[15];
        _ = SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, gradient);
        net.Backward(input, gradient, work);
        double worst = 0;
        foreach (Parameter<double> parameter in net.Parameters())
        {
            double[] expected = (double[])parameter.Gradient.Clone();
            for (int i = 0; i < parameter.Value.Length; i += 1 + (parameter.Value.Length / 12))
            {
                double error = Math.Abs(Slope(net, input, parameter.Value, i, work) - expected[i]);
                worst = Math.Max(worst, error);
                Assert.True(error < 1e-6, $"{parameter.Name}[{i}]: error {error:E2}, seed {Seed}");
            }
        }

        Assert.True(worst > 0, "the comparison compared nothing");
    }

    /// <summary>Gates of filters are masks of their channels' outputs: what a method learns through them is this.</summary>
    [Theory]
    [InlineData("chain")]
    [InlineData("diagonal norms")]
    public void Every_mask_of_an_output_channel_matches_finite_differences(string graph)
    {
        using ComplexNet<double> net = Net(Shape(graph), ActivationKind.Hardtanh);
        using var input = new FeatureBatch<double>(5, net.Shape.Input);
        SeededValues.Fill(Seed, input.Values, -3, 3);
        foreach ((int layer, PrunableWeights<double> weights) in net.Prunable.Index())
        {
            SeededValues.Fill(layer, weights.ChannelMask, 0.1, 1);
            weights.MaskGradient = new double[weights.ChannelMask.Length];
        }

        var work = new WorkSplit(2);
        net.Refresh();
        var gradient = new double[15];
        _ = SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, gradient);
        net.Backward(input, gradient, work);
        double[][] expected = [.. net.Prunable.Select(layer => (double[])layer.MaskGradient!.Clone())];
        foreach ((int layer, PrunableWeights<double> weights) in net.Prunable.Index())
        {
            for (int channel = 0; channel < weights.ChannelMask.Length; channel++)
            {
                Assert.NotEqual(0, expected[layer][channel]);
                Assert.InRange(expected[layer][channel] - Slope(net, input, weights.ChannelMask, channel, work), -1e-6, 1e-6);
            }
        }
    }

    // A kink of the Hardtanh closer than 1e-3 would spoil the slope; with this seed and step none is crossed.
    private static double Slope(ComplexNet<double> net, FeatureBatch<double> input, double[] value, int index, WorkSplit work)
    {
        const double Step = 1e-6;
        double slope = FiniteDifferences.Slope(() => value, index, Step, () =>
        {
            net.Refresh();
            return SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, (double[]?)null).LossSum / Labels.Length;
        });
        net.Refresh();
        return slope;
    }

    private static NetShape Shape(string graph) => graph switch
    {
        "chain" => Chain(),
        "learned imaginary" => Chain() with { LearnedImaginary = true },
        "diagonal norms" => Chain() with { Norm = NormKind.Diagonal },
        "residual" or "residual with ReLU" => SmallNetworks.Residual(5, 6, 7, 4),
        "residual with learned imaginary" => SmallNetworks.Residual(5, 6, 7, 4) with { LearnedImaginary = true },
        _ => ReadTwice(),
    };

    private static NetShape Chain()
    {
        var first = new ConvolutionShape(new MapShape(9, 8, 2), 5, 3, 2, 1, 1, 1, 1, 2);
        var second = new ConvolutionShape(first.Output, 6, 1, 1, 1, 1, 0, 0, 1);
        var third = new ConvolutionShape(second.Output, 4, 3, 3, 2, 1, 1, 2, 1);
        return new NetShape(new MapShape(9, 8, 2), 2, [first, second, third], 3);
    }

    // Values of one layer added by two others, and pooled sums as values: every branch of the sum of gradients.
    private static NetShape ReadTwice()
    {
        var input = new MapShape(6, 6, 2);
        var stem = new ConvolutionShape(input, 5, 3, 3, 1, 1, 1, 1, 2);
        var next = new ConvolutionShape(stem.Output, 5, 3, 3, 1, 1, 1, 1, 1);
        return new NetShape(input, 2, [stem, next, next, next with { KernelHeight = 1, KernelWidth = 1, PaddingY = 0, PaddingX = 0 }], 3)
        {
            Links = [new(LayerLink.Frame, true), new(0, true, 0), new(0, true, 0), new(1, true, 2)],
        };
    }

    private static ComplexNet<double> Net(NetShape shape, ActivationKind activation)
    {
        var net = new ComplexNet<double>(shape, 5, activation, binary: false);
        int seed = 100;
        foreach (Parameter<double> parameter in net.Parameters())
        {
            double[] noise = SeededValues.Uniform(seed++, parameter.Value.Length, -0.5, 0.5);
            for (int i = 0; i < noise.Length; i++)
            {
                parameter.Value[i] += noise[i];
            }
        }

        return net;
    }
}
