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
    public void Differences_of_integer_scores_are_proportional_to_those_of_the_logits_of_the_merged_head()
    {
        ClassifierHead<float> head = Head();
        ClassifierLayer folded = HeadFolding.Fold(head, Map, "conv1", null);
        (double[] logits, double[] scores) = Both(head, folded, SeededValues.Uniform(Seed, 16));
        double ratio = (scores[0] - scores[1]) / (logits[0] - logits[1]);
        Assert.True(ratio > 0, $"ratio {ratio}");
        Assert.True(Math.Abs(((scores[2] - scores[1]) / ratio) - (logits[2] - logits[1])) < 0.05, $"{scores[2] - scores[1]} at {ratio} for {logits[2] - logits[1]}, seed {Seed}");
    }

    [Fact]
    public void At_the_mean_features_the_bias_takes_up_all_that_rounding_changed()
    {
        ClassifierHead<float> head = Head();
        FeatureMoments moments = Moments();
        double[] means = moments.Mean();
        (double[] logits, double[] corrected) = Both(head, HeadFolding.Fold(head, Map, "conv1", moments), means);
        double scale = (corrected[0] - corrected[1]) / (logits[0] - logits[1]);
        Assert.True(Math.Abs(corrected[2] - corrected[1] - (scale * (logits[2] - logits[1]))) <= 3, "only the rounding of three integers is left");
    }

    [Fact]
    public void Values_scale_the_bias_and_nothing_else_by_their_fraction_bits()
    {
        ClassifierHead<float> head = Head();
        ClassifierLayer bits = HeadFolding.Fold(head, Map, "conv1", Moments()), values = HeadFolding.Fold(head, Map, "conv1", Moments(), 6, relu: true);
        Assert.Equal(bits.Weights, values.Weights);
        Assert.Equal((false, false, true, true), (bits.ReadsValues, bits.Relu, values.ReadsValues, values.Relu));
        for (int k = 0; k < 3; k++)
        {
            Assert.True(Math.Abs((64 * bits.Bias[k]) - values.Bias[k]) <= 32, $"class {k}: {bits.Bias[k]} and {values.Bias[k]}");
        }
    }

    [Fact]
    public void What_all_classes_share_costs_no_range()
    {
        ClassifierHead<float> head = Head(), shifted = Head();
        for (int k = 0; k < 3; k++)
        {
            // The same addition to the merged weights of every class.
            shifted.Weight[(k * 16) + 4] += (float)(100 / Gain(head, k));
        }

        Assert.Equal(HeadFolding.Fold(head, Map, "conv1", Moments()).Weights, HeadFolding.Fold(shifted, Map, "conv1", Moments()).Weights);
    }

    [Fact]
    public void Error_feedback_loses_less_on_correlated_features_than_rounding_each_weight_alone()
    {
        var weights = new double[3, 16];
        SeededValues.Uniform(Seed + 6, 48).Select((w, i) => weights[i / 16, i % 16] = w).ToArray();
        MathNet.Numerics.LinearAlgebra.Matrix<double> covariance = Moments().Covariance();
        var known = new HeadRounding(weights, covariance);
        var alone = new HeadRounding(weights, MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(16));
        foreach (double factor in (double[])[8, 20, 50])
        {
            Assert.True(known.Round(factor).Error < 0.8 * Loss(weights, alone.Round(factor).Rounded, factor, covariance), $"factor {factor}, seed {Seed + 6}");
        }
    }

    [Fact]
    public void Features_that_never_move_round_like_any_other()
    {
        var moments = new FeatureMoments(16);
        moments.Add(new float[16 * 4]);
        ClassifierLayer folded = HeadFolding.Fold(Head(), Map, "conv1", moments);
        Assert.True(folded.Weights.Max(w => Math.Abs((int)w)) > 30, "the weights use their range");
    }

    // Mean squared change of the scores less its mean over the classes: the slow twin of the rounding's own measure.
    private static double Loss(double[,] weights, sbyte[,] rounded, double factor, MathNet.Numerics.LinearAlgebra.Matrix<double> covariance)
    {
        double total = 0;
        for (int i = 0; i < 16; i++)
        {
            for (int j = 0; j < 16; j++)
            {
                double Error(int k, int f) => (rounded[k, f] / factor) - weights[k, f] - (Enumerable.Range(0, 3).Sum(c => (rounded[c, f] / factor) - weights[c, f]) / 3);
                total += Enumerable.Range(0, 3).Sum(k => Error(k, i) * Error(k, j)) * covariance[i, j];
            }
        }

        return total;
    }

    // Sixteen features that are mixtures of five numbers, with a mean.
    private static FeatureMoments Moments()
    {
        var moments = new FeatureMoments(16);
        double[] mix = SeededValues.Uniform(Seed + 7, 80), draws = SeededValues.Uniform(Seed + 8, 500), noise = SeededValues.Uniform(Seed + 9, 1600);
        for (int n = 0; n < 100; n++)
        {
            moments.Add([.. Enumerable.Range(0, 16).Select(f => (float)(0.2 + (0.02 * noise[(n * 16) + f]) + Enumerable.Range(0, 5).Sum(m => mix[(f * 5) + m] * draws[(n * 5) + m])))]);
        }

        return moments;
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
