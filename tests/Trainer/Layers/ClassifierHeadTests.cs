using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

/// <summary>The head against its formulas in plain loops, to the bit: vectors, their rest and threads change nothing.</summary>
public sealed unsafe class ClassifierHeadTests
{
    private const int Classes = 5;

    [Theory]
    [InlineData(3, false, 1)]
    [InlineData(3, true, 1)]
    [InlineData(16, true, 2)]
    [InlineData(37, false, 2)]
    [InlineData(37, true, 3)]
    public void Averages_products_and_gradients_are_those_of_plain_loops(int channels, bool relu, int threads)
    {
        int seed = channels + threads;
        var map = new MapShape(3, 2, channels);
        using FeatureBatch<float> x = Random(map, seed), dx = Random(map, seed + 1);
        x.Count -= 2;
        var head = new ClassifierHead<float>(map, Classes, relu, norm: false);
        SeededValues.Fill<float>(seed + 2, head.Weight);
        float[] gradient = new float[x.Count * Classes];
        SeededValues.Fill<float>(seed + 3, gradient);
        var work = new WorkSplit(threads);

        // A longer batch before it leaves its averages in the memory that this one takes.
        _ = head.Forward(dx, training: true, work);
        float[] logits = head.Forward(x, training: true, work);
        head.Backward(gradient, x, dx, work);

        Assert.Equal(Bits(Logits(head, x, relu, out float[] features)), Bits(logits));
        Assert.Equal(Bits(features), Bits(head.AveragedFeatures));
        Assert.Equal(Bits(WeightGradient(features, gradient, x.Count)), Bits(head.WeightGradient));
        Assert.Equal(Bits(MapGradient(head, x, relu, gradient)), Bits(dx.Values[..(x.Count * x.ImageLength)]));
    }

    private static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static FeatureBatch<float> Random(MapShape map, int seed)
    {
        const int Images = 35;
        var batch = new FeatureBatch<float>(Images, map) { Count = Images };
        SeededValues.Fill(seed, batch.Values);

        // A ReLU is at its kink there; a diverged training has no number to hide behind.
        (batch.Values[0], batch.Values[1], batch.Values[^1]) = (0, -0f, float.NaN);
        return batch;
    }

    private static float[] Logits(ClassifierHead<float> head, FeatureBatch<float> x, bool relu, out float[] features)
    {
        features = new float[x.Count * head.Features];
        float[] logits = new float[x.Count * Classes];
        for (int n = 0; n < x.Count; n++)
        {
            for (int f = 0; f < head.Features; f++)
            {
                for (int p = 0; p < x.Shape.Pixels; p++)
                {
                    float value = x.Image(n)[(p * head.Features) + f];
                    features[(n * head.Features) + f] += relu && value < 0 ? 0 : value;
                }

                features[(n * head.Features) + f] *= 1f / x.Shape.Pixels;
            }

            for (int k = 0; k < Classes; k++)
            {
                for (int f = 0; f < head.Features; f++)
                {
                    logits[(n * Classes) + k] += features[(n * head.Features) + f] * head.Weight[(k * head.Features) + f];
                }
            }
        }

        return logits;
    }

    private static float[] WeightGradient(float[] features, float[] gradient, int images)
    {
        int length = features.Length / images;
        float[] sums = new float[Classes * length];
        for (int n = 0; n < images; n++)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += gradient[(n * Classes) + (i / length)] * features[(n * length) + (i % length)];
            }
        }

        return sums;
    }

    private static float[] MapGradient(ClassifierHead<float> head, FeatureBatch<float> x, bool relu, float[] gradient)
    {
        float[] map = new float[x.Count * x.ImageLength];
        for (int i = 0; i < map.Length; i++)
        {
            int n = i / x.ImageLength, f = i % head.Features;
            float sum = 0;
            for (int k = 0; k < Classes; k++)
            {
                sum += gradient[(n * Classes) + k] * head.Weight[(k * head.Features) + f] * (1f / x.Shape.Pixels);
            }

            map[i] = relu && x.Values[i] <= 0 ? 0 : sum;
        }

        return map;
    }
}
