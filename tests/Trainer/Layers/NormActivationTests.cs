using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public unsafe class NormActivationTests
{
    private const int Channels = 11;
    private static readonly MapShape Shape = new(2, 3, Channels);

    [Fact]
    public void Start_values_are_those_of_the_recipe()
    {
        var state = new NormState<float>(8);
        float half = (float)Math.Sqrt(0.5);
        Assert.All(state.GainRe.Concat(state.GainIm).Concat(state.RunningVariance), value => Assert.Equal(half, value));
        Assert.All(state.ShiftRe.Concat(state.ShiftIm).Concat(state.RunningMean), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_diagonal_norm_starts_with_the_same_variance_and_has_no_imaginary_gain_to_train()
    {
        var state = new NormState<float>(8, diagonal: true);
        Assert.All(state.GainRe, value => Assert.Equal(1, value));
        Assert.All(state.GainIm, value => Assert.Equal(0, value));
        using ComplexNet<float> complex = SmallNetworks.Random(1), diagonal = SmallNetworks.Random(1, shape: SmallNetworks.Shape() with { Norm = NormKind.Diagonal });
        Assert.Equal(
            complex.Parameters().Select(p => p.Name).Where(name => !name.EndsWith("gainIm", StringComparison.Ordinal)), diagonal.Parameters().Select(p => p.Name));
        Assert.All(diagonal.Norms, norm => Assert.All(norm.State.GainIm, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Training_statistics_are_the_biased_variance_of_each_component_with_twice_the_variance_in_the_root()
    {
        using var x = new FeatureBatch<double>(18, Shape);
        SeededValues.Fill(3, x.Values, -5, 9);
        using var y = new FeatureBatch<double>(18, Shape);
        var norm = new NormActivation<double>(new(Channels), ActivationKind.Hardtanh);
        norm.State.GainIm.AsSpan().Clear();
        norm.State.GainRe.AsSpan().Fill(0.25);
        norm.Forward(x, y, true, new WorkSplit(2));
        for (int lane = 0; lane < 2 * Channels; lane++)
        {
            double[] values = [.. Enumerable.Range(0, 18 * Shape.Pixels).Select(i => x.Values[(i * 2 * Channels) + lane])];
            double mean = values.Average();
            double variance = values.Average(v => (v - mean) * (v - mean));
            Assert.Equal(0.1 * mean, norm.State.RunningMean[lane], 12);
            Assert.Equal((0.9 * Math.Sqrt(0.5)) + (0.1 * variance), norm.State.RunningVariance[lane], 12);
            Assert.Equal(0.25 * (values[7] - mean) / Math.Sqrt((2 * variance) + 1e-5), y.Values[(7 * 2 * Channels) + lane], 12);
        }
    }

    [Fact]
    public void Sign_passes_the_gradient_exactly_where_the_hardtanh_does_and_nowhere_else()
    {
        using var x = new FeatureBatch<double>(18, Shape);
        SeededValues.Fill(4, x.Values, -5, 9);
        using var gradient = new FeatureBatch<double>(18, Shape);
        SeededValues.Fill(5, gradient.Values);
        double[] sign = Backward(x, gradient, ActivationKind.Sign);
        Assert.Equal(Backward(x, gradient, ActivationKind.Hardtanh), sign);
        Assert.Contains(sign, value => value != 0);
    }

    [Fact]
    public void A_masked_channel_outputs_zero_and_receives_no_gradient()
    {
        using var x = new FeatureBatch<float>(18, Shape);
        SeededValues.Fill(6, x.Values, -5, 9);
        using var y = new FeatureBatch<float>(18, Shape);
        using var dx = new FeatureBatch<float>(18, Shape);
        var norm = new NormActivation<float>(new(Channels), ActivationKind.Sign);
        norm.State.Mask[9] = 0;
        norm.Forward(x, y, true, new WorkSplit(1));
        norm.Backward(x, y, dx, new WorkSplit(1));
        for (int i = 0; i < 18 * Shape.Pixels; i++)
        {
            for (int c = 0; c < Channels; c++)
            {
                float re = y.Values[(i * 2 * Channels) + c];
                Assert.Equal(c == 9 ? 0 : 1, Math.Abs(re));
                Assert.True(c != 9 || dx.Values[(i * 2 * Channels) + c] == 0);
            }
        }

        Assert.Equal(0, norm.State.Gradients[2][9]);
    }

    private static double[] Backward(FeatureBatch<double> x, FeatureBatch<double> gradient, ActivationKind kind)
    {
        using var y = new FeatureBatch<double>(18, Shape);
        using var dx = new FeatureBatch<double>(18, Shape);
        var norm = new NormActivation<double>(new(Channels), kind);
        SeededValues.Fill<double>(7, norm.State.ShiftRe);
        norm.Forward(x, y, true, new WorkSplit(1));
        norm.Backward(x, gradient, dx, new WorkSplit(1));
        return dx.Values.ToArray();
    }
}
