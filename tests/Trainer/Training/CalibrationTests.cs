using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class CalibrationTests
{
    [Fact]
    public void Statistics_become_the_mean_over_batches_whatever_they_were()
    {
        using ComplexNet<float> net = SmallNetworks.Random(3);
        var frames = new FrameStore(new PatternFrames(64, 2), 1);
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        var work = new WorkSplit(1);
        var expected = new double[2 * 16];
        for (int b = 0; b < 2; b++)
        {
            frames.Load([.. Enumerable.Range(32 * b, 32)], input, new int[32]);
            _ = net.Forward(input, true, work);
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] += net.Norms[0].BatchVariance[i] / 2;
            }
        }

        Calibration.Run(net, frames, [.. Enumerable.Range(0, 64)], input, work);
        Assert.Equal([.. expected.Select(v => (float)v)], net.Norms[0].State.RunningVariance);
        float[] first = [.. net.Statistics().SelectMany(s => s.Value)];
        Calibration.Run(net, frames, [.. Enumerable.Range(0, 64)], input, work);
        Assert.Equal(first, net.Statistics().SelectMany(s => s.Value));
        Assert.All(net.Norms[0].State.Mask, m => Assert.Equal(1, m));
    }

    [Fact]
    public void The_statistics_of_the_learned_imaginary_part_become_the_mean_over_batches_too()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape() with { LearnedImaginary = true }, 32);
        WeightStart.Draw(net, 5);
        var frames = new FrameStore(new PatternFrames(64, 2), 1);
        using var input = new FeatureBatch<float>(32, net.Shape.Input);
        ImaginaryState<float> state = net.Imaginary!.State;
        var expected = new double[4][];
        for (int s = 0; s < 4; s++)
        {
            expected[s] = new double[2];
        }

        for (int b = 0; b < 2; b++)
        {
            frames.Load([.. Enumerable.Range(32 * b, 32)], input, new int[32]);
            _ = net.Forward(input, true, new WorkSplit(1));
            for (int i = 0; i < 8; i++)
            {
                expected[i / 2][i % 2] += state.BatchStatistics()[i / 2][i % 2];
            }
        }

        Calibration.Run(net, frames, [.. Enumerable.Range(0, 64)], input, new WorkSplit(2));
        Assert.Equal(expected.SelectMany(s => s.Select(v => (float)(v / 2))), state.Statistics().SelectMany(s => s.Value));
    }

    [Fact]
    public void The_subset_is_a_fixed_shuffle_so_that_batches_mix_what_lies_ordered_in_the_set()
    {
        int[] order = Calibration.Order(44_000, 2048);
        Assert.Equal(order, Calibration.Order(44_000, 2048));
        Assert.Equal(2048, order.Distinct().Count());
        double mean = order.Take(128).Average();
        Assert.InRange(mean, 22_000 - 4400, 22_000 + 4400);
        Assert.Equal(10, Calibration.Order(10, 2048).Length);
    }

    [Fact]
    public void Frames_reach_the_network_as_whole_numbers_in_pixel_order()
    {
        var source = new PatternFrames(4, 8);
        var store = new FrameStore(source, 2);
        using var input = new FeatureBatch<float>(2, store.Shape);
        var labels = new int[2];
        store.Load([3, 1], input, labels);
        Assert.Equal([3 % 3, 1], labels);
        byte[] re = new byte[60], im = new byte[60];
        source.FillIntegers(3, re, im);
        for (int p = 0; p < 30; p++)
        {
            for (int c = 0; c < 2; c++)
            {
                Assert.Equal((2 * re[(c * 30) + p]) - 7, input.Values[(p * 4) + c]);
                Assert.Equal((2 * im[(c * 30) + p]) - 7, input.Values[(p * 4) + 2 + c]);
            }
        }
    }
}
