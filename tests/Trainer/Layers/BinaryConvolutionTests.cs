using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public unsafe class BinaryConvolutionTests
{
    private const int Seed = 21;

    public static TheoryData<ConvolutionShape> Shapes => new(
        new ConvolutionShape(new(7, 6, 3), 4, 3, 3, 1, 1, 1, 1, 1),
        new ConvolutionShape(new(9, 11, 2), 5, 5, 2, 2, 3, 2, 0, 1),
        new ConvolutionShape(new(9, 7, 2), 3, 1, 1, 1, 1, 0, 0, 2),
        new ConvolutionShape(new(1, 40, 1), 6, 1, 7, 1, 2, 0, 3, 1),
        new ConvolutionShape(new(5, 5, 2), 8, 5, 5, 1, 1, 0, 0, 1));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_is_the_pooled_sum_of_sign_weights_times_values_with_padded_taps_adding_zero(ConvolutionShape shape)
    {
        const int Images = 19;
        using BinaryConvolution<float> convolution = Random(shape);
        using var x = new FeatureBatch<float>(Images, shape.Input);
        using var y = new FeatureBatch<float>(Images, shape.Output);
        Signs(x.Values);
        convolution.Forward(x, y, new WorkSplit(2));
        for (int n = 0; n < Images; n += 6)
        {
            for (int o = 0; o < shape.OutputChannels; o++)
            {
                for (int p = 0; p < shape.Output.Pixels; p++)
                {
                    (float re, float im) = Expected(convolution, x, n, o, p);
                    float* pixel = y.Image(n) + (p * y.Lanes);
                    Assert.Equal((re, im), (pixel[o], pixel[shape.OutputChannels + o]));
                }
            }
        }
    }

    [Fact]
    public void Straight_through_weight_gradient_is_the_gradient_of_the_sign_times_one()
    {
        // One tap, one pixel, one image: dW = dy conj-free product rule of (a + ib)(x + iy).
        var shape = new ConvolutionShape(new(1, 1, 1), 1, 1, 1, 1, 1, 0, 0, 1);
        using var convolution = new BinaryConvolution<float>(shape, 1);
        convolution.WeightRe[0] = 0.2f;
        convolution.WeightIm[0] = -0.7f;
        convolution.Refresh();
        using var x = new FeatureBatch<float>(1, shape.Input);
        using var dy = new FeatureBatch<float>(1, shape.Output);
        using var dx = new FeatureBatch<float>(1, shape.Input);
        new float[] { 1, -1 }.CopyTo(x.Values);
        new float[] { 3, 5 }.CopyTo(dy.Values);
        convolution.Backward(x, dy, dx, new WorkSplit(1));
        Assert.Equal((3 * 1) + (5 * -1), convolution.GradientRe[0]);
        Assert.Equal((5 * 1) - (3 * -1), convolution.GradientIm[0]);
        Assert.Equal([(3f * 1) + (5f * -1), (5f * 1) - (3f * -1)], dx.Values.ToArray());
    }

    [Fact]
    public void Weight_zero_counts_as_plus_one()
    {
        var shape = new ConvolutionShape(new(1, 1, 1), 1, 1, 1, 1, 1, 0, 0, 1);
        using var convolution = new BinaryConvolution<float>(shape, 1);
        convolution.Refresh();
        using var x = new FeatureBatch<float>(1, shape.Input);
        using var y = new FeatureBatch<float>(1, shape.Output);
        new float[] { 1, 1 }.CopyTo(x.Values);
        convolution.Forward(x, y, new WorkSplit(1));
        Assert.Equal([0f, 2f], y.Values.ToArray());
    }

    private static BinaryConvolution<float> Random(ConvolutionShape shape)
    {
        var convolution = new BinaryConvolution<float>(shape, 1);
        SeededValues.Fill<float>(Seed, convolution.WeightRe);
        SeededValues.Fill<float>(Seed + 1, convolution.WeightIm);
        convolution.Refresh();
        return convolution;
    }

    private static void Signs(Span<float> values)
    {
        SeededValues.Fill(Seed + 2, values);
        foreach (ref float value in values)
        {
            value = value >= 0 ? 1 : -1;
        }
    }

    private static (float Re, float Im) Expected(BinaryConvolution<float> convolution, FeatureBatch<float> x, int n, int o, int p)
    {
        ConvolutionShape s = convolution.Shape;
        float re = 0, im = 0;
        for (int q = 0; q < s.SumPool * s.SumPool; q++)
        {
            int oy = (p / s.Output.Width * s.SumPool) + (q / s.SumPool), ox = (p % s.Output.Width * s.SumPool) + (q % s.SumPool);
            for (int t = 0; t < s.Taps; t++)
            {
                int c = t % s.Input.Channels, kx = t / s.Input.Channels % s.KernelWidth, ky = t / s.Input.Channels / s.KernelWidth;
                int y = (oy * s.StrideY) - s.PaddingY + ky, column = (ox * s.StrideX) - s.PaddingX + kx;
                if (y < 0 || y >= s.Input.Height || column < 0 || column >= s.Input.Width)
                {
                    continue;
                }

                float* pixel = x.Image(n) + (((y * s.Input.Width) + column) * x.Lanes);
                float a = Math.Sign(convolution.WeightRe[(o * s.Taps) + t]), b = Math.Sign(convolution.WeightIm[(o * s.Taps) + t]);
                re += (a * pixel[c]) - (b * pixel[s.Input.Channels + c]);
                im += (b * pixel[c]) + (a * pixel[s.Input.Channels + c]);
            }
        }

        return (re, im);
    }
}
