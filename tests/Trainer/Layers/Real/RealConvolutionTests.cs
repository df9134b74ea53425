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
        new ConvolutionShape(new(3, 2, 5), 9, 3, 2, 1, 1, 0, 0, 1),
        new ConvolutionShape(new(2, 2, 149), 113, 2, 1, 1, 1, 0, 0, 1)); // more weights than two blocks of a refresh

    [Theory]
    [MemberData(nameof(Shapes))]
    public void With_sign_weights_it_is_the_pooled_whole_sum_and_its_gradients_are_those_of_the_signs_exactly(ConvolutionShape shape)
    {
        using var convolution = new RealConvolution<float>(shape, Images, weightBits: 1);
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

    /// <summary>One tap and unit inputs: outputs are the effective weights. The largest weight lies behind a closed gate and stretches no step.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Weights_of_a_few_bits_lie_on_symmetric_steps_up_to_the_largest_of_their_layer(int bits)
    {
        var shape = new ConvolutionShape(new(1, 1, 4), 16, 1, 1, 1, 1, 0, 0, 1);
        using var convolution = new RealConvolution<float>(shape, 4, bits);
        SeededValues.Fill<float>(Seed, convolution.Weight);
        (convolution.Weight[5], convolution.Gate[5]) = (100, 0);
        convolution.Weight[6] = 0;
        convolution.Refresh();
        using var x = new FeatureBatch<float>(4, shape.Input, 1) { Count = 4 };
        using var y = new FeatureBatch<float>(4, shape.Output, 1);
        for (int i = 0; i < 4; i++)
        {
            x.Values[(4 * i) + i] = 1;
        }

        convolution.Forward(x, y, new WorkSplit(1));
        float largest = convolution.Weight.Where((_, i) => i != 5).Max(MathF.Abs), levels = (1 << (bits - 1)) - 1, step = largest / levels;
        for (int i = 0; i < convolution.Weight.Length; i++)
        {
            float used = y.Values[(16 * (i % 4)) + (i / 4)];
            float expected = i == 5 ? 0 : (float)Math.Round((double)(convolution.Weight[i] / step)) * step;
            Assert.Equal(expected, used);
        }

        convolution.Backward(x, y, null, new WorkSplit(1));
        Assert.Equal(y.Values[1], convolution.Gradient[4]); // dW = the gradient of the rounded weight: x is 1, dy is y
    }

    [Fact]
    public void A_second_reader_adds_its_gradient()
    {
        var shape = new ConvolutionShape(new(7, 6, 3), 4, 3, 3, 1, 1, 1, 1, 1);
        using var convolution = new RealConvolution<float>(shape, Images, weightBits: 0);
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
