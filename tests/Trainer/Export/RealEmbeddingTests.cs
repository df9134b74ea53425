using BcnnSim.Networks;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Tests.Layers.Real;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

/// <summary>A real binary network on the complex machine.</summary>
public class RealEmbeddingTests
{
    private const int Frames = 24;
    private static readonly MapShape Input = new(7, 6, 2);
    private static readonly NetworkInput Record = new(7, 6, 2, 3, "none", new Dictionary<string, double>());

    [Fact]
    public void Every_bit_of_the_real_network_stands_in_both_parts_of_the_machines_and_classes_agree()
    {
        int ones = 0, bits = 0;
        for (int seed = 1; seed <= 4; seed++)
        {
            using RealNet<float> real = Random(seed, Shape());
            using ComplexNet<float> complex = RealEmbedding.Of(real)!;
            using var integers = new IntegerNet(NetworkExport.Export("real", complex, Record, ["a", "b", "c"], long.MaxValue, new Dictionary<string, string>()), 32);
            using var input = new FeatureBatch<float>(32, Input);
            new FrameStore(new PatternFrames(Frames, seed, Input.Height, Input.Width), 2).Load([.. Enumerable.Range(0, Frames)], input, new int[Frames]);
            float[] logits = real.Forward(input, false, new WorkSplit(1));
            long[] scores = integers.Forward(input, new WorkSplit(1));
            for (int layer = 0; layer < real.Convolutions.Count; layer++)
            {
                FeatureBatch<float> expected = real.Map(layer), found = integers.Map(layer);
                int channels = expected.Shape.Channels;
                for (int i = 0; i < Frames * expected.ImageLength; i++)
                {
                    int pixel = i / channels * 2 * channels, channel = i % channels;
                    Assert.Equal((expected.Values[i], expected.Values[i]), (found.Values[pixel + channel], found.Values[pixel + channels + channel]));
                    (ones, bits) = (ones + (expected.Values[i] > 0 ? 1 : 0), bits + 1);
                }
            }

            int same = Enumerable.Range(0, Frames).Count(n => Largest<float>(logits.AsSpan(3 * n, 3)) == Largest<long>(scores.AsSpan(3 * n, 3)));
            Assert.InRange(same, Frames - 2, Frames); // weights of the head are rounded to int8
        }

        Assert.InRange((double)ones / bits, 0.2, 0.8);
    }

    [Fact]
    public void Other_networks_are_left_alone()
    {
        var binary = new RealForm(1, ActivationKind.Sign);
        using RealNet<float> pooled = new(RealShapes.Chain(true), 8, binary), residual = new(RealShapes.Residual(), 8, binary), partly = new(Shape(both: false), 8, binary);
        using RealNet<float> rounded = new(Shape(), 8, new(8, ActivationKind.Sign)), rectified = new(Shape(), 8, new(1, ActivationKind.Relu));
        Assert.All([pooled, residual, partly, rounded, rectified], net => Assert.Null(RealEmbedding.Of(net)));
    }

    [Fact]
    public void A_weight_of_the_first_layer_may_only_go_with_its_partner()
    {
        using RealNet<float> real = Random(1, Shape());
        real.Convolutions[0].Gate[5] = 0; // real part of channel 1 at the second position; its imaginary part is number 7
        Assert.Null(RealEmbedding.Of(real));
        real.Convolutions[0].Gate[7] = 0;
        using ComplexNet<float>? paired = RealEmbedding.Of(real);
        Assert.Equal(3, Assert.Single(paired!.Convolutions[0].Gate.Index(), gate => gate.Item == 0).Index);
    }

    // Two layers on padded borders, one of them strided, sum pooling, a layer of single pixels.
    private static NetShape Shape(bool both = true)
    {
        var first = new ConvolutionShape(Input with { Channels = both ? 4 : 2 }, 16, 3, 3, 2, 1, 1, 1, 1);
        var second = new ConvolutionShape(first.Output, 19, 3, 2, 1, 1, 1, 0, 2);
        var third = new ConvolutionShape(second.Output, 17, 1, 1, 1, 1, 0, 0, 1);
        return new NetShape(Input, 3, [first, second, third], 3) { InputChannels = first.Input.Channels };
    }

    private static RealNet<float> Random(int seed, NetShape shape)
    {
        var net = new RealNet<float>(shape, 32, new(1, ActivationKind.Sign));
        foreach ((int i, (_, float[] value)) in net.Statistics().Where(s => s.Name.EndsWith("mean", StringComparison.Ordinal) || s.Name.EndsWith("variance", StringComparison.Ordinal)).Index())
        {
            SeededValues.Fill<float>((100 * seed) + i, value, 0.1, 1.5);
        }

        foreach ((int i, Parameter<float> parameter) in net.Parameters().Index())
        {
            SeededValues.Fill<float>((100 * seed) + 50 + i, parameter.Value);
        }

        net.Refresh();
        return net;
    }

    private static int Largest<T>(ReadOnlySpan<T> values)
        where T : IComparable<T>
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i].CompareTo(values[best]) > 0 ? i : best;
        }

        return best;
    }
}
