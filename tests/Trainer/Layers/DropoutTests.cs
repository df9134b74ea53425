using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Tests.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class DropoutTests
{
    [Fact]
    public void A_share_of_the_values_is_zero_and_the_others_make_up_for_it()
    {
        using FeatureBatch<double> map = Ones();
        new Dropout<double>(0.3, 1, "dense").Apply(0, map);
        int zeros = map.Values.Count(0.0);
        Assert.InRange(zeros / 10_000.0, 0.28, 0.32); // four standard errors of 0.3
        Assert.Equal(10_000 - zeros, map.Values.Count(1 / 0.7));
    }

    [Fact]
    public void Backward_drops_what_forward_dropped_and_every_step_layer_and_phase_other_values()
    {
        double[] first = Applied(1, "dense", 0, 3);
        Assert.Equal(first, Applied(1, "dense", 0, 3));
        Assert.NotEqual(first, Applied(1, "dense", 0, 4));
        Assert.NotEqual(first, Applied(1, "dense", 1, 3));
        Assert.NotEqual(first, Applied(1, "retrain", 0, 3));
        Assert.NotEqual(first, Applied(2, "dense", 0, 3));
    }

    [Fact]
    public void Fully_connected_layers_and_the_last_are_taken()
    {
        Assert.Equal([false, false, true, true], Enumerable.Range(0, 4).Select(layer => Dropout<double>.Takes(RealShapes.Chain(false), layer)));
        Assert.Equal([false, false, false, false, false, true], Enumerable.Range(0, 6).Select(layer => Dropout<double>.Takes(RealShapes.Residual(), layer)));
    }

    [Fact]
    public void Gradients_through_dropped_layers_match_finite_differences()
    {
        int[] labels = [.. Enumerable.Range(0, 18).Select(i => i % 3)];
        using var net = new RealNet<double>(RealShapes.Chain(false), labels.Length, new(0, ActivationKind.Relu, BatchNorm: false));
        foreach ((int seed, Parameter<double> parameter) in net.Parameters().Index())
        {
            SeededValues.Fill(100 + seed, parameter.Value, -0.5, 0.5);
        }

        using var input = new FeatureBatch<double>(labels.Length, net.Shape.Input);
        SeededValues.Fill(31, input.Values, -3, 3);
        var work = new WorkSplit(1);
        net.Refresh();
        double[] plain = net.Forward(input, true, work);
        net.Dropout = new(0.4, 9, "dense") { Step = 2 };
        Assert.NotEqual(plain, net.Forward(input, true, work));
        var gradient = new double[3 * labels.Length];
        _ = SoftmaxLoss.Evaluate(net.Forward(input, true, work), labels, 3, gradient);
        net.Backward(input, gradient, work);
        foreach (Parameter<double> parameter in net.Parameters())
        {
            double[] expected = (double[])parameter.Gradient.Clone();
            for (int i = 0; i < parameter.Value.Length; i += 1 + (parameter.Value.Length / 12))
            {
                double slope = FiniteDifferences.Slope(() => parameter.Value, i, 1e-6, () =>
                {
                    net.Refresh();
                    return SoftmaxLoss.Evaluate(net.Forward(input, true, work), labels, 3, (double[]?)null).LossSum / labels.Length;
                });
                Assert.InRange(slope - expected[i], -1e-6, 1e-6);
            }
        }

        net.Refresh();
        net.Dropout = null;
        Assert.Equal(plain, net.Forward(input, true, work));
    }

    private static double[] Applied(ulong seed, string purpose, int layer, long step)
    {
        using FeatureBatch<double> map = Ones();
        new Dropout<double>(0.5, seed, purpose) { Step = step }.Apply(layer, map);
        return map.Values.ToArray();
    }

    private static FeatureBatch<double> Ones()
    {
        var map = new FeatureBatch<double>(100, new MapShape(1, 1, 100), 1);
        map.Values.Fill(1);
        return map;
    }
}
