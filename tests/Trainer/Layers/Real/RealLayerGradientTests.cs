using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers.Real;

/// <summary>The float form of every real layer by itself, its input and all its parameters, by finite differences.</summary>
public class RealLayerGradientTests
{
    private const int Seed = 83;
    private const int Images = 2;

    public static TheoryData<ConvolutionShape> Shapes => new(
        new ConvolutionShape(new(5, 4, 3), 4, 3, 3, 1, 1, 1, 1, 1),
        new ConvolutionShape(new(7, 6, 2), 3, 3, 2, 2, 1, 1, 0, 1),
        new ConvolutionShape(new(5, 5, 2), 3, 3, 3, 1, 1, 1, 1, 2),
        new ConvolutionShape(new(5, 5, 2), 3, 3, 3, 1, 1, 1, 1, 1) { MaxPool = 2 },
        new ConvolutionShape(new(1, 1, 9), 6, 1, 1, 1, 1, 0, 0, 1));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Convolution_with_gates_and_pooling(ConvolutionShape shape)
    {
        var work = new WorkSplit(2);
        int seed = FiniteDifferences.SeedAwayFromKinks(Seed, candidate => LeadOfMaxima(shape, candidate, work));
        using RealConvolution<double> convolution = Convolution(shape, seed);
        using FeatureBatch<double> x = Random(seed, shape.Input), r = Random(seed + 1, shape.Output), dx = new(Images, shape.Input, 1), y = new(Images, shape.Output, 1);
        double Loss()
        {
            convolution.Refresh();
            convolution.Forward(x, y, work);
            return FiniteDifferences.Weighted(y.Values, r.Values);
        }

        _ = Loss();
        convolution.Backward(x, r, dx, work);
        FiniteDifferences.AssertSlopes("input", dx.Values.ToArray(), () => x.Values, Loss);
        FiniteDifferences.AssertSlopes(
            "weight", [.. convolution.Gradient.Zip(convolution.Gate, (slope, gate) => slope * gate)], () => convolution.Weight, Loss);
    }

    [Theory]
    [InlineData(ActivationKind.Relu, true)]
    [InlineData(ActivationKind.Hardtanh, true)]
    [InlineData(ActivationKind.Relu, false)]
    public void Batch_norm_or_bias_and_activation(ActivationKind activation, bool batchNorm)
    {
        var map = new MapShape(2, 2, 5);
        var work = new WorkSplit(2);
        using var y = new FeatureBatch<double>(Images, map, 1);
        int seed = FiniteDifferences.SeedAwayFromKinks(Seed, candidate =>
        {
            using FeatureBatch<double> input = Random(candidate, map);
            Norm(candidate, map, ActivationKind.Linear, batchNorm).Forward(input, y, true, work);
            return FiniteDifferences.Distance(y.Values, activation);
        });
        RealNorm<double> norm = Norm(seed, map, activation, batchNorm);
        using FeatureBatch<double> x = Random(seed, map), r = Random(seed + 1, map), dx = new(Images, map, 1);
        double Loss()
        {
            norm.Forward(x, y, true, work);
            return FiniteDifferences.Weighted(y.Values, r.Values);
        }

        _ = Loss();
        norm.Backward(x, r, dx, work);
        FiniteDifferences.AssertSlopes("input", dx.Values.ToArray(), () => x.Values, Loss);
        FiniteDifferences.AssertSlopes("shift", [.. norm.State.ShiftGradient], () => norm.State.Shift, Loss);
        if (batchNorm)
        {
            FiniteDifferences.AssertSlopes("gain", [.. norm.State.GainGradient], () => norm.State.Gain, Loss);
        }
    }

    // How far the largest number of every window of the maximum pooling leads the second.
    private static double LeadOfMaxima(ConvolutionShape shape, int seed, WorkSplit work)
    {
        int k = shape.MaxPool;
        if (k == 1)
        {
            return double.PositiveInfinity;
        }

        ConvolutionShape plain = shape with { MaxPool = 1 };
        using RealConvolution<double> convolution = Convolution(plain, seed);
        using FeatureBatch<double> x = Random(seed, plain.Input), y = new(Images, plain.Output, 1);
        convolution.Refresh();
        convolution.Forward(x, y, work);
        double[] values = y.Values.ToArray();
        MapShape full = plain.Output;
        return Enumerable.Range(0, values.Length)
            .GroupBy(i => (Image: i / (full.Pixels * full.Channels), Channel: i % full.Channels, Row: i / full.Channels / full.Width % full.Height / k, Column: i / full.Channels % full.Width / k))
            .Where(window => window.Count() == k * k)
            .Min(window => window.Select(i => values[i]).OrderDescending().Take(2).Aggregate((most, second) => most - second));
    }

    private static RealConvolution<double> Convolution(ConvolutionShape shape, int seed)
    {
        var convolution = new RealConvolution<double>(shape, Images, 0);
        SeededValues.Fill<double>(seed + 2, convolution.Weight);
        SeededValues.Fill<double>(seed + 3, convolution.Gate, 0.1);
        return convolution;
    }

    private static RealNorm<double> Norm(int seed, MapShape map, ActivationKind activation, bool batchNorm)
    {
        var state = new RealNormState<double>(map.Channels);
        SeededValues.Fill<double>(seed + 3, state.Shift);
        if (batchNorm)
        {
            SeededValues.Fill<double>(seed + 2, state.Gain, 0.5, 2);
        }

        return new(state, activation, batchNorm);
    }

    private static FeatureBatch<double> Random(int seed, MapShape shape)
    {
        var batch = new FeatureBatch<double>(Images, shape, 1);
        SeededValues.Fill(seed, batch.Values, -2, 2);
        return batch;
    }
}
