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
}
