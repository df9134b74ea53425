using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

/// <summary>The float form of every complex layer by itself, its input and all its parameters, by finite differences.</summary>
public class LayerGradientTests
{
    private const int Seed = 71;

    // Not a multiple of a vector.
    private static readonly MapShape Map = new(2, 2, 5);

    [Theory]
    [MemberData(nameof(BinaryConvolutionTests.Shapes), MemberType = typeof(BinaryConvolutionTests))]
    public void Convolution_with_gates_and_sum_pooling(ConvolutionShape shape)
    {
        using var convolution = new BinaryConvolution<double>(shape, 0.2, binary: false);
        SeededValues.Fill<double>(Seed, convolution.WeightRe);
        SeededValues.Fill<double>(Seed + 1, convolution.WeightIm);
        SeededValues.Fill<double>(Seed + 2, convolution.Gate, 0.1);
        using FeatureBatch<double> x = Random(Seed + 3, shape.Input), r = Random(Seed + 4, shape.Output), dx = new(2, shape.Input), y = new(2, shape.Output);
        var work = new WorkSplit(2);
        double Loss()
        {
            convolution.Refresh();
            convolution.Forward(x, y, work);
            return FiniteDifferences.Weighted(y.Values, r.Values);
        }

        _ = Loss();
        convolution.Backward(x, r, dx, work);
        double[] Gated(double[] gradient) => [.. gradient.Zip(convolution.Gate, (slope, gate) => slope * gate)]; // kept for the weight behind its gate
        FiniteDifferences.AssertSlopes("input", dx.Values.ToArray(), () => x.Values, Loss);
        FiniteDifferences.AssertSlopes("real weight", Gated(convolution.GradientRe), () => convolution.WeightRe, Loss);
        FiniteDifferences.AssertSlopes("imaginary weight", Gated(convolution.GradientIm), () => convolution.WeightIm, Loss);
    }

    [Theory]
    [InlineData(false, ActivationKind.Hardtanh)]
    [InlineData(true, ActivationKind.Hardtanh)]
    [InlineData(false, ActivationKind.Relu)]
    [InlineData(true, ActivationKind.Linear)]
    public void Batch_norm_and_activation(bool diagonal, ActivationKind activation)
    {
        var work = new WorkSplit(2);
        using var y = new FeatureBatch<double>(3, Map);
        int seed = FiniteDifferences.SeedAwayFromKinks(Seed, candidate =>
        {
            using FeatureBatch<double> input = Random(candidate, Map, 3);
            Norm(candidate, diagonal, ActivationKind.Linear).Forward(input, y, true, work);
            return FiniteDifferences.Distance(y.Values, activation);
        });
        NormActivation<double> norm = Norm(seed, diagonal, activation);
        using FeatureBatch<double> x = Random(seed, Map, 3), r = Random(seed + 1, Map, 3), dx = new(3, Map);
        double Loss()
        {
            norm.Forward(x, y, true, work);
            return FiniteDifferences.Weighted(y.Values, r.Values);
        }

        _ = Loss();
        norm.Backward(x, r, dx, work);
        NormState<double> state = norm.State;
        double[][] gradients = [.. state.Gradients.Select(gradient => (double[])gradient.Clone())];
        FiniteDifferences.AssertSlopes("input", dx.Values.ToArray(), () => x.Values, Loss);
        foreach ((int i, double[] parameter) in new[] { state.GainRe, state.GainIm, state.ShiftRe, state.ShiftIm }.Index().Where(p => !diagonal || p.Index != 1))
        {
            FiniteDifferences.AssertSlopes($"parameter {i}", gradients[i], () => parameter, Loss);
        }
    }

    [Theory]
    [InlineData(ActivationKind.Hardtanh)]
    [InlineData(ActivationKind.Relu)]
    public void Residual_add_whose_values_and_bits_are_both_read(ActivationKind activation)
    {
        var work = new WorkSplit(2);
        int seed = FiniteDifferences.SeedAwayFromKinks(Seed, candidate =>
        {
            using FeatureBatch<double> left = Random(candidate, Map), right = Random(candidate + 1, Map);
            return FiniteDifferences.Distance(left.Values.ToArray().Zip(right.Values.ToArray(), (a, b) => a + b).ToArray(), activation);
        });
        using FeatureBatch<double> norm = Random(seed, Map), shortcut = Random(seed + 1, Map), ofBits = Random(seed + 2, Map), dv = Random(seed + 3, Map);
        using FeatureBatch<double> values = new(2, Map), bits = new(2, Map);
        double[] ofValues = dv.Values.ToArray(), mask = SeededValues.Uniform(seed + 4, Map.Channels, 0.1);
        double Loss()
        {
            norm.Values.CopyTo(values.Values); // the sum is taken in place
            ResidualAdd<double>.Forward(values, shortcut, bits, mask, activation, null, work);
            return FiniteDifferences.Weighted(values.Values, ofValues) + FiniteDifferences.Weighted(bits.Values, ofBits.Values);
        }

        _ = Loss();
        ResidualAdd<double>.Backward(values, ofBits, dv, true, mask, activation, work);
        FiniteDifferences.AssertSlopes("norm", dv.Values.ToArray(), () => norm.Values, Loss);
        FiniteDifferences.AssertSlopes("shortcut", dv.Values.ToArray(), () => shortcut.Values, Loss);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Classifier_head(bool relu, bool norm)
    {
        const int Images = 4, Classes = 3;
        int seed = !relu ? Seed : FiniteDifferences.SeedAwayFromKinks(Seed, candidate =>
        {
            using FeatureBatch<double> map = Random(candidate, Map, Images);
            return FiniteDifferences.Distance(map.Values, ActivationKind.Relu);
        });
        var head = new ClassifierHead<double>(Map, Classes, relu, norm: norm);
        SeededValues.Fill<double>(seed + 1, head.Weight);
        SeededValues.Fill<double>(seed + 2, head.Gain, 0.5);
        SeededValues.Fill<double>(seed + 3, head.Shift);
        using FeatureBatch<double> x = Random(seed, Map, Images), dx = new(Images, Map);
        double[] r = SeededValues.Uniform(seed + 4, Images * Classes);
        var work = new WorkSplit(2);
        double Loss() => FiniteDifferences.Weighted(head.Forward(x, true, work), r);
        _ = Loss();
        head.Backward(r, x, dx, work);
        FiniteDifferences.AssertSlopes("input", dx.Values.ToArray(), () => x.Values, Loss);
        FiniteDifferences.AssertSlopes("weight", [.. head.WeightGradient], () => head.Weight, Loss);
        FiniteDifferences.AssertSlopes("shift", [.. head.ShiftGradient], () => head.Shift, Loss);
        if (norm)
        {
            FiniteDifferences.AssertSlopes("gain", [.. head.GainGradient], () => head.Gain, Loss);
        }
    }

    private static NormActivation<double> Norm(int seed, bool diagonal, ActivationKind activation)
    {
        var state = new NormState<double>(Map.Channels, diagonal);
        SeededValues.Fill<double>(seed + 2, state.GainRe, 0.5, 2);
        SeededValues.Fill<double>(seed + 3, state.ShiftRe);
        SeededValues.Fill<double>(seed + 4, state.ShiftIm);
        if (!diagonal)
        {
            SeededValues.Fill<double>(seed + 5, state.GainIm);
        }

        return new(state, activation);
    }

    private static FeatureBatch<double> Random(int seed, MapShape shape, int images = 2)
    {
        var batch = new FeatureBatch<double>(images, shape);
        SeededValues.Fill(seed, batch.Values, -2, 2);
        return batch;
    }
}
