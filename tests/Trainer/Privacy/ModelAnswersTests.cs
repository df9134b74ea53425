using BcnnSim.Trainer.Privacy;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

public class ModelAnswersTests
{
    // Probabilities 0.7, 0.2, 0.1.
    private static readonly float[] Logits = [MathF.Log(7), MathF.Log(2), 0];

    [Theory]
    [InlineData(0, 0.7, true)]
    [InlineData(1, 0.2, false)]
    [InlineData(2, 0.1, false)]
    public void Scores_are_those_of_the_formulas(int label, double truth, bool right)
    {
        var answers = new ModelAnswers(Logits, [label], 3);
        Assert.Equal(truth, answers.Confidence(0), 6);
        Assert.Equal(Math.Log(truth / (1 - truth)), answers.ScaledConfidence(0), 5);
        Assert.Equal(right, answers.IsRight(0));
        Assert.Equal((0.7 * Math.Log(0.7)) + (0.2 * Math.Log(0.2)) + (0.1 * Math.Log(0.1)), answers.NegativeEntropy(0), 6);
        double[] p = [0.7, 0.2, 0.1];
        double modified = ((1 - truth) * Math.Log(truth)) + Enumerable.Range(0, 3).Where(k => k != label).Sum(k => p[k] * Math.Log(1 - p[k]));
        Assert.Equal(modified, answers.NegativeModifiedEntropy(0), 6);
    }

    [Fact]
    public void A_sure_wrong_answer_has_little_entropy_and_much_modified_entropy()
    {
        var wrong = new ModelAnswers([20, 0, 0], [1], 3);
        var right = new ModelAnswers([20, 0, 0], [0], 3);
        Assert.Equal(right.NegativeEntropy(0), wrong.NegativeEntropy(0));
        Assert.True(wrong.NegativeModifiedEntropy(0) < -10);
        Assert.True(right.NegativeModifiedEntropy(0) > -1e-6);
    }

    [Fact]
    public void A_part_has_the_answers_of_its_frames()
    {
        var answers = new ModelAnswers([1, 0, 0, 1, 5, 0], [0, 1, 1], 2);
        Assert.Equal(2.0 / 3, answers.Accuracy, 12);
        Assert.Equal([0, 1, 5, 0], answers.Part(1, 2).Logits);
        Assert.Equal([1, 1], answers.Part(1, 2).Labels);
        Assert.Equal([7.0, 8.0], (answers with { LikelihoodRatios = [6, 7, 8] }).Part(1, 2).LikelihoodRatios!);
        var joined = ModelAnswers.Joined([answers.Part(2, 1), answers.Part(0, 1)]);
        Assert.Equal([5, 0, 1, 0], joined.Logits);
        Assert.Equal([1, 0], joined.Labels);
    }

    /// <summary>Where p rounds to 1, its own logarithm would be infinite.</summary>
    [Fact]
    public void The_scaled_confidence_of_a_sure_answer_is_finite() => Assert.Equal(90, new ModelAnswers([90, 0], [0], 2).ScaledConfidence(0), 9);
}
