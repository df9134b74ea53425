using BcnnSim.Trainer.Privacy;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Privacy;

/// <summary>Controls that must hold before any table means something (training.md section 6).</summary>
public class AttackSuiteTests
{
    private const int Classes = 10;

    [Fact]
    public void A_model_that_returns_the_training_labels_of_members_is_caught()
    {
        IReadOnlyList<AttackResult> results = AttackSuite.Run(Answers(1000, 1, knows: 1), Answers(1000, 2, knows: 0), 1);
        Assert.Equal(8, results.Count);
        AttackResult strongest = AttackSuite.Strongest(results);
        Assert.InRange(strongest.Test, 0.99, 1);
        Assert.All(results.Where(result => result.Name is "network" or "confidence" or "modified-entropy"), result => Assert.True(result.Test > 0.99, result.Name));
    }

    [Fact]
    public void Fresh_frames_called_members_give_one_half_within_the_interval()
    {
        var strongest = new List<double>();
        int within = 0;
        foreach (ulong seed in new ulong[] { 1, 2, 3, 4 })
        {
            IReadOnlyList<AttackResult> results = AttackSuite.Run(Answers(1000, 10 * seed, knows: 0.5), Answers(1000, (10 * seed) + 1, knows: 0.5), seed);
            Assert.All(results, result => Assert.InRange(result.Test, 0.43, 0.57)); // four standard errors of a thousand answers
            within += results.Count(result => result.Low <= 0.5 && 0.5 <= result.High);
            strongest.Add(AttackSuite.Strongest(results).Test);
        }

        Assert.InRange(within, 27, 32); // 95 % intervals: 30.4 of 32 are expected to hold one half, 27 and more with 95 % if they were independent
        Assert.InRange(strongest.Average(), 0.475, 0.525); // three of four thousand
    }

    [Fact]
    public void The_gap_attack_has_half_of_the_gap()
    {
        ModelAnswers members = Answers(1000, 5, knows: 0.9), others = Answers(1000, 6, knows: 0.3);
        AttackResult gap = AttackSuite.Run(members, others, 1)[0];
        Assert.Equal("gap", gap.Name);
        Assert.Equal(0.5 + ((members.Part(500, 500).Accuracy - others.Part(500, 500).Accuracy) / 2), gap.Test, 9);
    }

    /// <summary>Thresholds of leaking halves, applied to halves that do not leak: the test half decides nothing.</summary>
    [Fact]
    public void Nothing_is_fitted_on_the_test_halves()
    {
        ModelAnswers leaking = Joined(Answers(1000, 7, knows: 1), Answers(1000, 8, knows: 0)), others = Answers(2000, 9, knows: 0);
        IReadOnlyList<AttackResult> results = AttackSuite.Run(leaking, others, 1);
        Assert.All(results.Where(result => result.Name is not "entropy" and not "entropy-by-class"), result => Assert.True(result.Choice > 0.92, $"{result.Name} {result.Choice}"));
        Assert.All(results, result => Assert.InRange(result.Test, 0.44, 0.56));
    }

    [Fact]
    public void Attacks_of_shadow_models_take_their_thresholds_from_these_alone()
    {
        ModelAnswers members = Answers(1000, 11, knows: 1), others = Answers(1000, 12, knows: 0);
        IReadOnlyList<AttackResult> results = AttackSuite.Run(members, others, 1, (Answers(1000, 13, knows: 1), Answers(1000, 14, knows: 0)));
        Assert.Equal(8 + 7, results.Count);
        Assert.True(results.Single(result => result.Name == "shadow-modified-entropy").Test > 0.99);
        results = AttackSuite.Run(members, others, 1, (Answers(1000, 13, knows: 0), Answers(1000, 14, knows: 1)));
        Assert.True(results.Single(result => result.Name == "modified-entropy").Test > 0.99);
        Assert.InRange(results.Single(result => result.Name == "shadow-modified-entropy").Test, 0, 0.51); // of models that leak nothing of what they learned
        Assert.True(results.Single(result => result.Name == "shadow-network").Test < 0.2); // learned the wrong way round
    }

    [Fact]
    public void Likelihood_ratios_are_an_attack_where_both_sides_have_them()
    {
        ModelAnswers members = Answers(1000, 15, knows: 0.5), others = Answers(1000, 16, knows: 0.5);
        double[] sure = [.. Enumerable.Repeat(2.0, 1000)], unsure = [.. Enumerable.Repeat(-2.0, 1000)];
        IReadOnlyList<AttackResult> results = AttackSuite.Run(members with { LikelihoodRatios = sure }, others with { LikelihoodRatios = unsure }, 1);
        Assert.Equal(("lira", 1.0), (results[^1].Name, results[^1].Test));
        Assert.DoesNotContain(AttackSuite.Run(members with { LikelihoodRatios = sure }, others, 1), result => result.Name == "lira");
    }

    /// <summary>One in ten members is known for sure: the average hardly moves, the share found at 1 % false positives does.</summary>
    [Fact]
    public void True_positives_at_few_false_ones_are_given_from_five_thousand_non_members_on()
    {
        ModelAnswers members = Answers(10_000, 17, knows: 0.1), others = Answers(10_000, 18, knows: 0);
        AttackResult surest = AttackSuite.Surest(AttackSuite.Run(members, others, 1))!;
        Assert.InRange(surest.TruePositives!.Test, 0.09, 0.14);
        Assert.InRange(surest.Test, 0.52, 0.56);
        Assert.Null(AttackSuite.Surest(AttackSuite.Run(members.Part(0, 9998), others.Part(0, 9998), 1)));
    }

    [Fact]
    public void A_threshold_per_class_tells_classes_apart_that_one_threshold_does_not()
    {
        // Members of even classes have confidence 0.6 where others have 0.5, of odd ones 0.4 where others have 0.3.
        static ModelAnswers Made(double raised)
        {
            int[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 2)];
            float[] logits = [.. labels.SelectMany(label =>
            {
                double p = (label == 0 ? 0.5 : 0.3) + raised;
                float[] row = [0, 0];
                row[label] = (float)Math.Log(p / (1 - p));
                return row;
            })];
            return new(logits, labels, 2);
        }

        IReadOnlyList<AttackResult> results = AttackSuite.Run(Made(0.1), Made(0), 1);
        Assert.Equal(1, results.Single(result => result.Name == "confidence-by-class").Test);
        Assert.InRange(results.Single(result => result.Name == "confidence").Test, 0.7, 0.8);
    }

    // A share of the frames is answered with their label and certainty, the others by a guess without.
    private static ModelAnswers Answers(int count, ulong seed, double knows)
    {
        var stream = new SeededStream(seed, "answers");
        var labels = new int[count];
        var logits = new float[count * Classes];
        for (int n = 0; n < count; n++)
        {
            labels[n] = (int)(stream.NextDouble() * Classes);
            for (int k = 0; k < Classes; k++)
            {
                logits[(n * Classes) + k] = (float)stream.NextDouble();
            }

            logits[(n * Classes) + labels[n]] += stream.NextDouble() < knows ? 12 : 0;
        }

        return new(logits, labels, Classes);
    }

    private static ModelAnswers Joined(ModelAnswers a, ModelAnswers b) => new([.. a.Logits, .. b.Logits], [.. a.Labels, .. b.Labels], Classes);
}
