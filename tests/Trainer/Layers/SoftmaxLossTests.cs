using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public class SoftmaxLossTests
{
    private static readonly int[] Labels = [2, 0];

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.6)]
    public void Loss_and_gradient_are_those_of_the_smoothed_target(double smoothing)
    {
        double[] logits = [0.5, -1, 2, 0.1, 3, -0.4];
        var gradient = new double[6];
        double loss = SoftmaxLoss.Evaluate(logits, Labels, 3, gradient, smoothing).LossSum;
        double expected = 0;
        for (int n = 0; n < 2; n++)
        {
            double[] row = logits[(3 * n)..(3 * (n + 1))];
            double normal = Math.Log(row.Sum(Math.Exp));
            expected -= row.Select((z, k) => ((k == Labels[n] ? 1 - smoothing : 0) + (smoothing / 3)) * (z - normal)).Sum();
        }

        Assert.Equal(expected, loss, 12);
        FiniteDifferences.AssertSlopes("logits", gradient, () => logits, () => SoftmaxLoss.Evaluate(logits, Labels, 3, (double[]?)null, smoothing).LossSum / 2);
    }

    [Fact]
    public void Right_answers_do_not_depend_on_the_target() => Assert.Equal(1, SoftmaxLoss.Evaluate([0.5, -1, 2, 0.1, 3, -0.4], Labels, 3, (double[]?)null, 0.9).Correct);
}
