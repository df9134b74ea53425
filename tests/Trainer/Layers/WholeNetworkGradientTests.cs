using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class WholeNetworkGradientTests
{
    private const int Seed = 11;
    private static readonly int[] Labels = [0, 2, 1, 2, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_parameter_of_the_float_network_matches_finite_differences(bool learnedImaginary)
    {
        using var input = new FeatureBatch<double>(5, new MapShape(9, 8, 2));
        SeededValues.Fill(Seed, input.Values, -3, 3);
        using ComplexNet<double> net = Net(learnedImaginary);
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

    // A kink of the Hardtanh closer than 1e-3 would spoil the slope; with this seed and step none is crossed.
    private static double Slope(ComplexNet<double> net, FeatureBatch<double> input, double[] value, int index, WorkSplit work)
    {
        const double Step = 1e-6;
        double keep = value[index];
        double At(double x)
        {
            value[index] = x;
            net.Refresh();
            return SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, (double[]?)null).LossSum / Labels.Length;
        }

        double slope = (At(keep + Step) - At(keep - Step)) / (2 * Step);
        value[index] = keep;
        net.Refresh();
        return slope;
    }

    private static ComplexNet<double> Net(bool learnedImaginary)
    {
        var first = new ConvolutionShape(new MapShape(9, 8, 2), 5, 3, 2, 1, 1, 1, 1, 2);
        var second = new ConvolutionShape(first.Output, 6, 1, 1, 1, 1, 0, 0, 1);
        var third = new ConvolutionShape(second.Output, 4, 3, 3, 2, 1, 1, 2, 1);
        NetShape shape = new(new MapShape(9, 8, 2), 2, [first, second, third], 3) { LearnedImaginary = learnedImaginary };
        var net = new ComplexNet<double>(shape, 5, ActivationKind.Hardtanh, binary: false);
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
