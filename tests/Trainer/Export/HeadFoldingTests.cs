using BcnnSim.Networks;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

public class HeadFoldingTests
{
    private const int Seed = 31;
    private static readonly MapShape Map = new(4, 4, 8);

    [Fact]
    public void Integer_scores_are_proportional_to_the_logits_of_the_merged_head()
    {
        ClassifierHead<float> head = Head();
        ClassifierLayer folded = HeadFolding.Fold(head, Map, "conv1", null);
        double[] features = SeededValues.Uniform(Seed, 16);
        (double[] logits, double[] scores) = Both(head, folded, features);
        double[] merged = [.. Enumerable.Range(0, 48).Select(i => Gain(head, i / 16) * head.Weight[i] / 16)];
        double ratio = merged.Zip(folded.Weights).Sum(pair => pair.First * pair.Second) / merged.Sum(w => w * w);
        for (int k = 0; k < 3; k++)
        {
            Assert.True(Math.Abs((scores[k] / ratio) - logits[k]) < 0.05, $"class {k}: {scores[k] / ratio} for {logits[k]}, seed {Seed}");
        }
    }

    [Fact]
    public void At_the_mean_features_the_bias_takes_up_all_that_rounding_changed()
    {
        ClassifierHead<float> head = Head();
        double[] means = SeededValues.Uniform(Seed + 1, 16);
        (double[] logits, double[] corrected) = Both(head, HeadFolding.Fold(head, Map, "conv1", means), means);
        (_, double[] plain) = Both(head, HeadFolding.Fold(head, Map, "conv1", null), means);
        double scale = (corrected[0] - corrected[1]) / (logits[0] - logits[1]);
        Assert.True(Math.Abs(corrected[2] - corrected[1] - (scale * (logits[2] - logits[1]))) <= 3, "only the rounding of three integers is left");
        Assert.NotEqual(plain, corrected);
    }

    [Fact]
    public void Values_scale_the_bias_and_nothing_else_by_their_fraction_bits()
    {
        ClassifierHead<float> head = Head();
        double[] means = SeededValues.Uniform(Seed + 1, 16);
        ClassifierLayer bits = HeadFolding.Fold(head, Map, "conv1", means), values = HeadFolding.Fold(head, Map, "conv1", means, 6, relu: true);
        Assert.Equal(bits.Weights, values.Weights);
        Assert.Equal((false, false, true, true), (bits.ReadsValues, bits.Relu, values.ReadsValues, values.Relu));
        for (int k = 0; k < 3; k++)
        {
            Assert.True(Math.Abs((64 * bits.Bias[k]) - values.Bias[k]) <= 32, $"class {k}: {bits.Bias[k]} and {values.Bias[k]}");
        }
    }

    private static (double[] Logits, double[] Scores) Both(ClassifierHead<float> head, ClassifierLayer folded, double[] features)
    {
        var logits = new double[3];
        var scores = new double[3];
        for (int k = 0; k < 3; k++)
        {
            double z = Enumerable.Range(0, 16).Sum(f => head.Weight[(k * 16) + f] * features[f]);
            logits[k] = ((z - head.RunningMean[k]) * Gain(head, k)) + head.Shift[k];
            scores[k] = folded.Bias[k] + Enumerable.Range(0, 16).Sum(f => folded.Weights[(k * 16) + f] * features[f] * Map.Pixels);
        }

        return (logits, scores);
    }

    private static double Gain(ClassifierHead<float> head, int k) => head.Gain[k] / Math.Sqrt(head.RunningVariance[k] + ClassifierHead<float>.Epsilon);

    private static ClassifierHead<float> Head()
    {
        var head = new ClassifierHead<float>(Map, 3);
        SeededValues.Fill<float>(Seed + 2, head.Weight);
        SeededValues.Fill<float>(Seed + 3, head.RunningMean);
        SeededValues.Fill<float>(Seed + 4, head.RunningVariance, 0.1, 2);
        SeededValues.Fill<float>(Seed + 5, head.Shift);
        return head;
    }
}
