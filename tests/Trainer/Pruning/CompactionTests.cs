using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

public class CompactionTests
{
    private static readonly NetworkInput Input = new(6, 5, 2, 3, "none", new Dictionary<string, double>());

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Masked_and_compacted_float_networks_give_the_same_logits_bit_for_bit(bool residual, bool learnedImaginary)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed, shape: residual ? SmallNetworks.Residual() : null, learnedImaginary: learnedImaginary);
            IReadOnlyList<int[]> kept = KeptChannels.Largest(net, residual ? [8, 9, 8, 13, 8, 13] : [8, 8, 12]);
            using ComplexNet<float> small = Compaction.Compact(net, kept);
            var frames = new FrameStore(new PatternFrames(32, seed, net.Shape.Input.Height, net.Shape.Input.Width), 1);
            using var input = new FeatureBatch<float>(32, net.Shape.Input);
            frames.Load([.. Enumerable.Range(0, 32)], input, new int[32]);
            float[] dense = net.Forward(input, false, new WorkSplit(1));
            Compaction.Mask(net, kept);
            net.Refresh();
            float[] masked = net.Forward(input, false, new WorkSplit(1));
            Assert.True(masked.AsSpan().SequenceEqual(small.Forward(input, false, new WorkSplit(2))), $"seed {seed}");
            Assert.False(masked.AsSpan().SequenceEqual(dense), $"the mask changed nothing, seed {seed}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Masked_and_compacted_integer_networks_give_the_same_scores_at_padded_borders_and_in_residual_stages_too(bool residual)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            using ComplexNet<float> net = SmallNetworks.Random(seed, shape: residual ? SmallNetworks.Residual() : null);
            IReadOnlyList<int[]> kept = KeptChannels.Largest(net, residual ? [8, 9, 8, 13, 8, 13] : [8, 8, 12]);
            using ComplexNet<float> small = Compaction.Compact(net, kept);
            ForgetRemoved(net.Head, kept[^1]);
            (int height, int width) = (net.Shape.Input.Height, net.Shape.Input.Width);
            Network dense = Export(net, Input with { Height = height, Width = width });
            Network compacted = Export(small, Input with { Height = height, Width = width });
            foreach (Frame frame in ExportFramesCommand.Pack(new PatternFrames(8, seed, height, width), 8).Frames)
            {
                Assert.Equal(ReferenceExecutor.Run(compacted, frame).Scores, MaskedExecutor.Scores(dense, kept, frame));
            }
        }
    }

    private static Network Export(ComplexNet<float> net, NetworkInput input) =>
        NetworkExport.Export("name", net, input, ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>(), fractionBits: 10);

    // The int8 scale of the head is that of its largest weight, and a masked network has none for what it removed.
    private static void ForgetRemoved(ClassifierHead<float> head, int[] kept)
    {
        int half = head.Features / 2;
        for (int i = 0; i < head.Weight.Length; i++)
        {
            if (!kept.Contains(i % head.Features % half))
            {
                head.Weight[i] = 0;
            }
        }
    }
}
