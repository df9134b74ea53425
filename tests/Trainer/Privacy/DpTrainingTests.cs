using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

/// <summary>What a private step lets out about its members.</summary>
public sealed class DpTrainingTests : IDisposable
{
    private const int Members = 12;
    private readonly FrameStore frames = new(new PatternFrames(Members, 3, 6, 5), 1);
    private readonly RealNet<float> net = Net();

    /// <summary>Frames whose gradients are no numbers are skipped, which would pass for protection.</summary>
    [Fact]
    public void Noise_that_blows_the_weights_up_ends_the_row()
    {
        using DpTraining training = Training(1e30, 1e12);
        DivergenceException refused = Assert.Throws<DivergenceException>(() => training.Step([0, 1]));
        Assert.Contains("private step 1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The slow way: a network of its own for every frame. A clip of the whole batch, or none, gives other numbers.</summary>
    [Fact]
    public void The_gradient_of_every_frame_is_clipped_for_itself()
    {
        double[][] single = [.. Enumerable.Range(0, Members).Select(Gradient)];
        double clip = single.Select(Norm).Order().ElementAt(Members / 2); // half of them are longer
        double[] expected = new double[single[0].Length], whole = new double[single[0].Length];
        foreach (double[] one in single)
        {
            for (int i = 0; i < one.Length; i++)
            {
                expected[i] += one[i] * Math.Min(1, clip / Norm(one)) / 8;
                whole[i] += one[i] / 8;
            }
        }

        using DpTraining training = Training(clip, 1e-9);
        training.Release([.. Enumerable.Range(0, Members)]);
        double[] found = Released();
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-5 * clip);
        }

        Assert.True(Norm(found) <= Members * clip / 8 * (1 + 1e-6));
        Assert.True(Norm([.. found.Zip(whole, (a, b) => a - b)]) > 0.01 * Norm(whole));
    }

    [Fact]
    public void One_more_member_moves_the_sum_by_no_more_than_the_clip()
    {
        using DpTraining training = Training(0.01, 1e-9);
        training.Release([0, 1, 2]);
        double[] without = Released();
        training.Release([0, 1, 2, 3]);
        double[] with = Released();
        Assert.InRange(8 * Norm([.. with.Zip(without, (a, b) => a - b)]), 0.0099, 0.0101);
    }

    /// <summary>Noise of 0 beside a printed epsilon would be caught here.</summary>
    [Fact]
    public void Noise_of_sigma_times_clip_lies_on_every_number_even_where_nobody_was_drawn()
    {
        using DpTraining training = Training(0.5, 1.3);
        training.Release([]);
        double[] noise = Released();
        Assert.DoesNotContain(0, noise);
        double spread = Math.Sqrt(noise.Average(x => x * x));
        double expected = 1.3 * 0.5 / 8;
        Assert.InRange(spread, expected * (1 - (4 / Math.Sqrt(2.0 * noise.Length))), expected * (1 + (4 / Math.Sqrt(2.0 * noise.Length))));
        Assert.InRange(noise.Average(), -4 * expected / Math.Sqrt(noise.Length), 4 * expected / Math.Sqrt(noise.Length));
        training.Release([]);
        Assert.NotEqual(noise, Released());
    }

    [Fact]
    public void Noise_lies_on_the_sum_of_drawn_members_too()
    {
        using DpTraining quiet = Training(0.5, 1e-9), loud = Training(0.5, 1.3);
        quiet.Release([0, 3]);
        double[] sum = Released();
        loud.Release([0, 3]);
        double spread = Math.Sqrt(Released().Zip(sum, (a, b) => a - b).Average(x => x * x));
        Assert.InRange(spread, 0.95 * 1.3 * 0.5 / 8, 1.05 * 1.3 * 0.5 / 8);
    }

    /// <summary>Batches of one size, or a shuffled order, would not have the epsilon that is printed.</summary>
    [Fact]
    public void Every_member_is_drawn_by_its_own_chance()
    {
        using DpTraining training = Training(1, 1);
        int[][] draws = [.. Enumerable.Range(0, 3000).Select(_ => training.Drawn().ToArray())];
        double rate = 8.0 / Members;
        double[] sizes = [.. draws.Select(draw => (double)draw.Length)];
        Assert.InRange(sizes.Average(), 7.85, 8.15);
        Assert.InRange(sizes.Average(size => (size - 8) * (size - 8)), 0.9 * Members * rate * (1 - rate), 1.1 * Members * rate * (1 - rate));
        for (int member = 0; member < Members; member++)
        {
            Assert.InRange(draws.Average(draw => draw.Contains(member) ? 1.0 : 0), rate - 0.035, rate + 0.035);
        }

        Assert.InRange(draws.Average(draw => draw.Contains(0) && draw.Contains(1) ? 1.0 : 0), (rate * rate) - 0.04, (rate * rate) + 0.04);
    }

    [Fact]
    public void A_run_moves_the_weights_and_repeats_with_its_seed()
    {
        using (DpTraining training = Training(1, 1))
        {
            Assert.True(training.Run(default));
            Assert.Equal(RdpAccountant.Epsilon(8.0 / Members, 1, 3, 1e-5), training.Epsilon);
        }

        float[] first = [.. net.Convolutions[0].Weight];
        using RealNet<float> again = Net();
        Assert.NotEqual(first, again.Convolutions[0].Weight);
        using (var training = new DpTraining(Settings(1), 1, frames, again, 5, new WorkSplit(2)))
        {
            training.Run(default);
        }

        Assert.Equal(first, again.Convolutions[0].Weight);
    }

    public void Dispose() => net.Dispose();

    private static DpSettings Settings(double clip) => new() { Clip = clip, Batch = 8, Epochs = 2, LearningRate = 0.1, Delta = 1e-5 };

    private static RealNet<float> Net()
    {
        var net = new RealNet<float>(SmallNetworks.Shape(), 16, new(0, ActivationKind.Relu, BatchNorm: false));
        WeightStart.Draw(net, 4);
        return net;
    }

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(x => x * x));

    private DpTraining Training(double clip, double sigma) => new(Settings(clip), sigma, frames, net, 5, new WorkSplit(1));

    private double[] Released() => [.. net.Parameters().SelectMany(parameter => parameter.Gradient).Select(x => (double)x)];

    private double[] Gradient(int frame)
    {
        using RealNet<float> own = Net();
        using var input = new FeatureBatch<float>(1, own.Shape.Input);
        var label = new int[1];
        var gradient = new float[own.Shape.Classes];
        frames.Load([frame], input, label);
        _ = SoftmaxLoss.Evaluate(own.Forward(input, true, new WorkSplit(1)), label, own.Shape.Classes, gradient);
        own.Backward(input, gradient, new WorkSplit(1));
        return [.. own.Parameters().SelectMany(parameter => parameter.Gradient).Select(x => (double)x)];
    }
}
