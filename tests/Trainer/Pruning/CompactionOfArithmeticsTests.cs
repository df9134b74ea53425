using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

/// <summary>Masked = compacted, of the arithmetics that the machine does not run.</summary>
public class CompactionOfArithmeticsTests
{
    [Theory]
    [InlineData("real-binary", false)]
    [InlineData("real-binary", true)]
    [InlineData("real-float", false)]
    [InlineData("real-float", true)]
    [InlineData("real-8-bit", false)]
    [InlineData("real-8-bit", true)]
    [InlineData("real-bias", false)]
    [InlineData("real-bias", true)]
    [InlineData("complex-float", false)]
    [InlineData("complex-float", true)]
    public void Masked_and_compacted_networks_give_the_same_logits(string kind, bool residual)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            using INetwork net = Random(kind, residual ? SmallNetworks.Residual() : SmallNetworks.Shape(), seed);
            IReadOnlyList<int[]> kept = KeptChannels.Largest(net, residual ? [8, 9, 8, 13, 8, 13] : [8, 8, 12]);
            using INetwork small = Compaction.Compact(net, kept);
            Assert.Equal((net.GetType(), (net as ComplexNet<float>)?.Binary), (small.GetType(), (small as ComplexNet<float>)?.Binary));
            using FeatureBatch<float> input = Frames(net.Shape, seed);
            float[] dense = net.Forward(input, false, new WorkSplit(1));
            Compaction.Mask(net, kept);
            net.Refresh();
            float[] masked = net.Forward(input, false, new WorkSplit(1));
            float[] compacted = small.Forward(input, false, new WorkSplit(2));
            if (kind == "real-binary")
            {
                Assert.Equal(masked, compacted); // whole numbers: no rounding to move
            }

            Assert.True(Largest(masked, compacted) < 1e-5 * Largest(masked, new float[masked.Length]), $"seed {seed}");
            Assert.True(Largest(masked, dense) > 1e-3, $"the mask changed nothing, seed {seed}");
        }
    }

    [Fact]
    public void A_step_of_rounding_is_taken_from_the_weights_that_stay()
    {
        using INetwork net = Random("real-8-bit", SmallNetworks.Shape(), 3);
        int[][] kept = [[.. Enumerable.Range(1, 15)], [.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, 20)]];
        net.Prunable[0].Parts[0][0] = 1000; // of the filter that goes
        using INetwork small = Compaction.Compact(net, kept);
        using FeatureBatch<float> input = Frames(net.Shape, 3);
        Compaction.Mask(net, kept);
        net.Refresh();
        float[] masked = net.Forward(input, false, new WorkSplit(1));
        Assert.True(Largest(masked, small.Forward(input, false, new WorkSplit(1))) < 1e-5 * Largest(masked, new float[masked.Length]));
    }

    [Fact]
    public void Both_parts_of_a_frame_stay_channels_of_the_first_layer()
    {
        NetShape shape = SmallNetworks.Shape();
        NetShape both = (shape with { InputChannels = 4 }).WithChannels([16, 12, 20]);
        using INetwork net = Random("real-binary", both, 1);
        int[][] kept = [[1, 4, 9], [0, 2], [3, 5, 7, 8]];
        using INetwork small = Compaction.Compact(net, kept);
        using FeatureBatch<float> input = Frames(both, 1);
        Compaction.Mask(net, kept);
        net.Refresh();
        Assert.Equal(net.Forward(input, false, new WorkSplit(1)), small.Forward(input, false, new WorkSplit(1)));
    }

    private static double Largest(float[] a, float[] b) => a.Zip(b).Max(pair => Math.Abs((double)pair.First - pair.Second));

    private static FeatureBatch<float> Frames(NetShape shape, int seed)
    {
        var frames = new FrameStore(new PatternFrames(32, seed, shape.Input.Height, shape.Input.Width), 1);
        var input = new FeatureBatch<float>(32, shape.Input);
        frames.Load([.. Enumerable.Range(0, 32)], input, new int[32]);
        return input;
    }

    private static INetwork Random(string kind, NetShape shape, int seed)
    {
        INetwork net = kind switch
        {
            "real-binary" => new RealNet<float>(shape, 32, new(1, ActivationKind.Sign)),
            "real-float" => new RealNet<float>(shape, 32, new(0, ActivationKind.Relu)),
            "real-8-bit" => new RealNet<float>(shape, 32, new(8, ActivationKind.Hardtanh)),
            "real-bias" => new RealNet<float>(shape, 32, new(0, ActivationKind.Relu, BatchNorm: false)),
            _ => new ComplexNet<float>(shape, 32, ActivationKind.Hardtanh, binary: false),
        };
        foreach (Parameter<float> parameter in net.Parameters())
        {
            SeededValues.Fill<float>(seed++, parameter.Value, -0.7, 1);
        }

        foreach ((string name, float[] value) in net.Statistics().Where(s => s.Name.EndsWith("mean", StringComparison.Ordinal) || s.Name.EndsWith("variance", StringComparison.Ordinal)))
        {
            bool mean = name.EndsWith("mean", StringComparison.Ordinal);
            SeededValues.Fill<float>(seed++, value, mean ? -0.5 : 1, mean ? 0.5 : 3);
        }

        net.Refresh();
        return net;
    }
}
