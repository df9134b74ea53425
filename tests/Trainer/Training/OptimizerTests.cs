using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class OptimizerTests
{
    [Fact]
    public void First_step_moves_by_the_learning_rate_against_the_sign_and_latent_weights_stay_within_the_bound()
    {
        var free = new Parameter<float>("free", [1.299f, 0, -5], [-0.02f, 3, 1], false);
        var latent = new Parameter<float>("latent", [1.299f, 0, -1.3f], [-0.02f, 3, 1], true);
        new Adam([free, latent]).Step(0.005);
        float[] expected = [1.304f, -0.005f, -5.005f];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], free.Value[i], 5);
            Assert.Equal(Math.Clamp(expected[i], -1.3f, 1.3f), latent.Value[i], 5);
        }
    }

    [Fact]
    public void Two_steps_follow_the_bias_corrected_means()
    {
        var parameter = new Parameter<float>("w", [0], [2], false);
        var adam = new Adam([parameter]);
        adam.Step(0.1);
        parameter.Gradient[0] = -1;
        adam.Step(0.1);
        double mean = ((0.9 * 0.1 * 2) - 0.1) / (1 - 0.81), square = ((0.999 * 0.001 * 4) + 0.001) / (1 - (0.999 * 0.999));
        Assert.Equal(-0.1 - (0.1 * mean / Math.Sqrt(square)), parameter.Value[0], 5);
    }

    /// <summary>Vectors against one number at a time, by the formulas, in the same order of operations.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_number_moves_as_it_does_alone(bool adam)
    {
        const int Length = 53;
        float[] start = SeededValues.Uniform(1, Length, -1.29, 1.29).Select(v => (float)v).ToArray();
        float[][] gradients = [.. Enumerable.Range(2, 4).Select(seed => SeededValues.Uniform(seed, Length, -3, 3).Select(v => (float)v).ToArray())];
        (start[40], gradients[1][41], gradients[2][3]) = (-0f, float.NaN, float.PositiveInfinity);
        Parameter<float>[] together = [new("free", [.. start], new float[Length], false), new("latent", [.. start], new float[Length], true)];
        Parameter<float>[] alone = [.. together.SelectMany(p => p.Value.Select(v => new Parameter<float>("one", [v], [0], p.Latent)))];
        IOptimizer all = Optimizer(together, adam), single = Optimizer(alone, adam);
        foreach (float[] gradient in gradients)
        {
            for (int i = 0; i < 2 * Length; i++)
            {
                together[i / Length].Gradient[i % Length] = alone[i].Gradient[0] = gradient[i % Length];
            }

            all.Step(0.3);
            single.Step(0.3);
        }

        Assert.Equal(alone.Select(p => BitConverter.SingleToInt32Bits(p.Value[0])), together.SelectMany(p => p.Value).Select(BitConverter.SingleToInt32Bits));
        Assert.Contains(together[1].Value, v => v == 1.3f);
        Assert.Contains(together[1].Value, float.IsNaN);
    }

    /// <summary>One long parameter on three threads against many short ones on one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Blocks_and_threads_change_no_bit(bool adam)
    {
        const int Length = 40_053, Short = 1000;
        float[] start = SeededValues.Uniform(1, Length, -1.29, 1.29).Select(v => (float)v).ToArray();
        float[] gradient = SeededValues.Uniform(2, Length, -3, 3).Select(v => (float)v).ToArray();
        var whole = new Parameter<float>("whole", [.. start], gradient, true);
        Parameter<float>[] pieces = [.. start.Chunk(Short).Zip(gradient.Chunk(Short), (value, slope) => new Parameter<float>("piece", value, slope, true))];
        IOptimizer one = Optimizer([whole], adam), many = Optimizer(pieces, adam);
        var work = new WorkSplit(3);
        for (int step = 0; step < 200; step++)
        {
            one.Step(0.3, work);
            many.Step(0.3);
        }

        Assert.NotEqual(start, whole.Value);
        Assert.Equal(pieces.SelectMany(p => p.Value).Select(BitConverter.SingleToInt32Bits), whole.Value.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData(0, 5e-3)]
    [InlineData(79, 5e-3)]
    [InlineData(80, 1e-3)]
    [InlineData(150, 5e-4)]
    [InlineData(200, 1e-4)]
    [InlineData(240, 5e-5)]
    [InlineData(299, 1e-5)]
    public void Steps_are_those_of_the_authors_at_300_epochs(int epoch, double rate) =>
        Assert.Equal(rate, 5e-3 * LearningRateSchedule.Factor(ScheduleKind.Steps, epoch / 300.0), 12);

    [Fact]
    public void Cosine_falls_from_one_to_zero_through_a_half()
    {
        Assert.Equal(1, LearningRateSchedule.Factor(ScheduleKind.Cosine, 0), 12);
        Assert.Equal(0.5, LearningRateSchedule.Factor(ScheduleKind.Cosine, 0.5), 12);
        Assert.Equal(0, LearningRateSchedule.Factor(ScheduleKind.Cosine, 1), 12);
    }

    [Fact]
    public void Latent_weights_start_within_the_Xavier_bound_of_gain_four()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        WeightStart.Draw(net, 3);
        double bound = 4 * Math.Sqrt(6.0 / (72 + (6 * 20)));
        float[] weights = net.Convolutions[2].WeightRe;
        Assert.All(weights, w => Assert.True(Math.Abs(w) <= Math.Min(1.3, bound)));
        Assert.InRange(weights.Select(w => (double)w * w).Average(), 0.9 * Math.Min(1.69, bound * bound) / 3, 1.1 * Math.Min(1.69, bound * bound) / 3);
        Assert.NotEqual(weights, net.Convolutions[2].WeightIm);
    }

    private static IOptimizer Optimizer(Parameter<float>[] parameters, bool adam) => adam ? new Adam(parameters) : new MomentumSgd(parameters);
}
