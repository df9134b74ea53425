using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers.Real;

public unsafe class RealConvolutionTests
{
    private const int Seed = 41;
    private const int Images = 19;

    public static TheoryData<ConvolutionShape> Shapes => new(
        new ConvolutionShape(new(7, 6, 3), 4, 3, 3, 1, 1, 1, 1, 1),
        new ConvolutionShape(new(9, 11, 2), 21, 5, 2, 2, 3, 2, 0, 1),
        new ConvolutionShape(new(9, 7, 1), 6, 3, 2, 1, 1, 0, 0, 2),
        new ConvolutionShape(new(9, 8, 1), 11, 3, 3, 1, 1, 0, 0, 1) { MaxPool = 3 },
        new ConvolutionShape(new(3, 2, 5), 9, 3, 2, 1, 1, 0, 0, 1));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void With_sign_weights_it_is_the_pooled_whole_sum_and_its_gradients_are_those_of_the_signs_exactly(ConvolutionShape shape)
    {
        using var convolution = new RealConvolution<float>(shape, Images, binary: true);
        SeededValues.Fill<float>(Seed, convolution.Weight);
        convolution.Weight[0] = 0;
        convolution.Gate[1] = 0;
        convolution.Refresh();
        using var x = new FeatureBatch<float>(Images, shape.Input, 1);
        using var y = new FeatureBatch<float>(Images, shape.Output, 1);
        using var dy = new FeatureBatch<float>(Images, shape.Output, 1);
        using var dx = new FeatureBatch<float>(Images, shape.Input, 1);
        Whole(Seed + 1, x.Values);
        Whole(Seed + 2, dy.Values);
        convolution.Forward(x, y, new WorkSplit(2));
        convolution.Backward(x, dy, dx, new WorkSplit(2));
        var plain = new PlainConvolution(shape, convolution.Weight, convolution.Gate);
        Assert.Equal(plain.Run(x.Values, dy.Values, Images), y.Values.ToArray());
        Assert.Equal(plain.WeightGradient, convolution.Gradient);
        Assert.Equal(plain.InputGradient, dx.Values.ToArray());
        Assert.NotEqual(0, convolution.Gradient[1]);
    }

    [Fact]
    public void A_second_reader_adds_its_gradient()
    {
        var shape = new ConvolutionShape(new(7, 6, 3), 4, 3, 3, 1, 1, 1, 1, 1);
        using var convolution = new RealConvolution<float>(shape, Images, binary: false);
        SeededValues.Fill<float>(Seed, convolution.Weight);
        convolution.Refresh();
        using var x = new FeatureBatch<float>(Images, shape.Input, 1);
        using var dy = new FeatureBatch<float>(Images, shape.Output, 1);
        using var once = new FeatureBatch<float>(Images, shape.Input, 1);
        using var twice = new FeatureBatch<float>(Images, shape.Input, 1);
        SeededValues.Fill(Seed, dy.Values);
        convolution.Backward(x, dy, once, new WorkSplit(1));
        convolution.Backward(x, dy, twice, new WorkSplit(1));
        convolution.Backward(x, dy, twice, new WorkSplit(1), add: true);
        for (int i = 0; i < once.Values.Length; i++)
        {
            Assert.Equal(2 * once.Values[i], twice.Values[i], 1e-5f);
        }
    }

    // Whole numbers: every sum is exact, so every order of it gives the same bits.
    private static void Whole(int seed, Span<float> values)
    {
        SeededValues.Fill(seed, values, -4, 4);
        foreach (ref float value in values)
        {
            value = MathF.Round(value);
        }
    }
}
