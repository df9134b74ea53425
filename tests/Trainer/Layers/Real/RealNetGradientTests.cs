using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers.Real;

public class RealNetGradientTests
{
    private const int Seed = 31;
    private static readonly int[] Labels = [.. Enumerable.Range(0, 18).Select(i => i % 3)];

    [Theory]
    [InlineData("real parts", ActivationKind.Relu, false)]
    [InlineData("real parts", ActivationKind.Relu, true)]
    [InlineData("both parts", ActivationKind.Hardtanh, true)]
    [InlineData("residual", ActivationKind.Relu, true)]
    [InlineData("residual", ActivationKind.Hardtanh, true)]
    [InlineData("residual", ActivationKind.Relu, false)]
    public void Every_parameter_of_the_float_network_matches_finite_differences(string graph, ActivationKind activation, bool batchNorm)
    {
        NetShape shape = graph == "residual" ? RealShapes.Residual() : RealShapes.Chain(graph == "both parts");
        using var net = new RealNet<double>(shape, Labels.Length, new(0, activation, batchNorm));
        Fill(net);
        using var input = new FeatureBatch<double>(Labels.Length, net.Shape.Input);
        SeededValues.Fill(Seed, input.Values, -3, 3);
        var work = new WorkSplit(2);
        var gradient = new double[3 * Labels.Length];
        _ = SoftmaxLoss.Evaluate(net.Forward(input, true, work), Labels, 3, gradient);
        net.Backward(input, gradient, work);
        double worst = 0, steepest = 0;
        foreach (Parameter<double> parameter in net.Parameters())
        {
            double[] expected = (double[])parameter.Gradient.Clone();
            for (int i = 0; i < parameter.Value.Length; i += 1 + (parameter.Value.Length / 12))
            {
                double error = Math.Abs(Slope(net, input, parameter.Value, i, work) - expected[i]);
                (worst, steepest) = (Math.Max(worst, error), Math.Max(steepest, Math.Abs(expected[i])));
                Assert.True(error < 1e-6, $"{parameter.Name}[{i}]: error {error:E2} of {expected[i]:E2}, seed {Seed}");
            }
        }

        Assert.True(worst > 0 && steepest > 1e-3, "the comparison compared nothing");
    }

    // Kinks of activations and pooling closer than the step would spoil a slope; with this seed none is crossed.
    private static double Slope(RealNet<double> net, FeatureBatch<double> input, double[] value, int index, WorkSplit work)
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

    private static void Fill(RealNet<double> net)
    {
        int seed = 100;
        foreach (Parameter<double> parameter in net.Parameters())
        {
            double[] noise = SeededValues.Uniform(seed++, parameter.Value.Length, -0.5, 0.5);
            for (int i = 0; i < noise.Length; i++)
            {
                parameter.Value[i] += noise[i];
            }
        }

        net.Refresh();
    }
}
