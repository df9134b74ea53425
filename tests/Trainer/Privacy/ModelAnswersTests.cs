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
    }
}
