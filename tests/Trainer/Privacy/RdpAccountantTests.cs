using BcnnSim.Trainer.Privacy;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class RdpAccountantTests
{
    /// <summary>Published figures of the tutorial of TensorFlow Privacy: N 60,000, batch 256, delta 1e-5 (training.md section 6).</summary>
    [Theory]
    [InlineData(1.12, 60, 2.92)]
    [InlineData(1.2, 10, 1.20)]
    [InlineData(0.6, 30, 9.74)]
    public void Epsilon_is_the_published_one(double sigma, int epochs, double published)
    {
        long steps = (long)Math.Ceiling(epochs * 60_000 / 256.0);
        Assert.InRange(RdpAccountant.Epsilon(256 / 60_000.0, sigma, steps, 1e-5), published - 0.05, published + 0.05);
    }

    [Fact]
    public void Without_sampling_a_divergence_is_that_of_two_normals()
    {
        foreach (double order in new[] { 1.1, 2, 7.5, 64 })
        {
            Assert.Equal(order / (2 * 1.5 * 1.5), RdpAccountant.Divergence(1, 1.5, order), 12);
        }
    }

    /// <summary>The series of broken orders and the sum of whole ones are one function: between 2.9 and 3.1 lies 3.</summary>
    [Theory]
    [InlineData(0.01, 1.1)]
    [InlineData(0.2, 2)]
    [InlineData(0.05, 0.7)]
    public void Broken_orders_lie_between_whole_ones(double rate, double sigma)
    {
        for (int order = 2; order <= 8; order++)
        {
            double below = RdpAccountant.Divergence(rate, sigma, order - 1e-4), at = RdpAccountant.Divergence(rate, sigma, order), above = RdpAccountant.Divergence(rate, sigma, order + 1e-4);
            Assert.InRange(at, below, above);
            Assert.Equal(at, (below + above) / 2, 3 + (int)Math.Max(0, -Math.Log10(at)));
        }
    }

    [Fact]
    public void More_noise_spends_less_and_more_steps_spend_more_and_no_noise_spends_everything()
    {
        double Spent(double rate, double sigma, long steps) => RdpAccountant.Epsilon(rate, sigma, steps, 1e-5);
        Assert.True(Spent(0.01, 1, 1000) > Spent(0.01, 1.5, 1000));
        Assert.True(Spent(0.01, 1, 2000) > Spent(0.01, 1, 1000));
        Assert.True(Spent(0.02, 1, 1000) > Spent(0.01, 1, 1000));
        Assert.Equal(double.PositiveInfinity, Spent(0.01, 0, 1));
        Assert.Equal(0, Spent(0.01, 1, 0));
    }
}
