using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>What an attacker sees: the logits of every frame of a set and its label.</summary>
/// <param name="Logits">[frame][class].</param>
/// <param name="Labels">Truth.</param>
/// <param name="Classes">K.</param>
public sealed record ModelAnswers(float[] Logits, int[] Labels, int Classes)
{
    // Probabilities are held away from 0 and 1 where a logarithm is taken.
    private const double Least = 1e-12;

    public int Count => Labels.Length;

    /// <summary>Share of right answers.</summary>
    public double Accuracy => Enumerable.Range(0, Count).Average(i => IsRight(i) ? 1.0 : 0);

    /// <summary>Of a network with its running statistics.</summary>
    public static ModelAnswers Of(INetwork net, FrameStore frames, FeatureBatch<float> input, WorkSplit work)
    {
        int classes = frames.Classes;
        var logits = new float[frames.Count * classes];
        var labels = new int[net.Batch];
        for (int first = 0; first < frames.Count; first += net.Batch)
        {
            int size = Math.Min(net.Batch, frames.Count - first);
            frames.Load([.. Enumerable.Range(first, size)], input, labels, work: work);
            net.Forward(input, false, work).CopyTo(logits, first * classes);
        }

        return new(logits, [.. frames.Labels], classes);
    }

    /// <summary>Of every frame, <see cref="Attacks.LikelihoodRatio"/>; null without models of an attacker to compare with.</summary>
    public double[]? LikelihoodRatios { get; init; }

    /// <summary>Answers of several models or on several sets, one behind the other.</summary>
    public static ModelAnswers Joined(IReadOnlyList<ModelAnswers> answers) =>
        new([.. answers.SelectMany(part => part.Logits)], [.. answers.SelectMany(part => part.Labels)], answers[0].Classes);

    /// <summary>Frames [first, first + count).</summary>
    public ModelAnswers Part(int first, int count) => new(Logits[(first * Classes)..((first + count) * Classes)], Labels[first..(first + count)], Classes)
    {
        LikelihoodRatios = LikelihoodRatios?[first..(first + count)],
    };

    public bool IsRight(int i) => SoftmaxLoss.Best<float>(Row(i)) == Labels[i];

    /// <summary>Probability of the true class.</summary>
    public double Confidence(int i) => Probabilities(i)[Labels[i]];

    /// <summary>phi = log(p / (1 - p)) of the true class, from the logits: z_y - log sum over others exp z, finite where p rounds to 1.</summary>
    public double ScaledConfidence(int i)
    {
        ReadOnlySpan<float> row = Row(i);
        double top = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < row.Length; k++)
        {
            top = k == Labels[i] ? top : Math.Max(top, row[k]);
        }

        for (int k = 0; k < row.Length; k++)
        {
            sum += k == Labels[i] ? 0 : Math.Exp(row[k] - top);
        }

        return row[Labels[i]] - top - Math.Log(sum);
    }

    /// <summary>sum p log p: minus the entropy, so that more is surer.</summary>
    public double NegativeEntropy(int i) => Probabilities(i).Sum(p => p * Math.Log(Math.Max(p, Least)));

    /// <summary>
    /// Minus the modified entropy (Song and Mittal, USENIX Security 2021): (1 - p_y) log p_y + sum over others p log(1 - p), which knows the truth and
    /// falls where a sure answer is wrong.
    /// </summary>
    public double NegativeModifiedEntropy(int i)
    {
        double[] p = Probabilities(i);
        int truth = Labels[i];
        double sum = (1 - p[truth]) * Math.Log(Math.Max(p[truth], Least));
        for (int k = 0; k < p.Length; k++)
        {
            sum += k == truth ? 0 : p[k] * Math.Log(Math.Max(1 - p[k], Least));
        }

        return sum;
    }

    private ReadOnlySpan<float> Row(int i) => Logits.AsSpan(i * Classes, Classes);

    private double[] Probabilities(int i)
    {
        ReadOnlySpan<float> row = Row(i);
        double top = row[SoftmaxLoss.Best(row)], sum = 0;
        var p = new double[Classes];
        for (int k = 0; k < p.Length; k++)
        {
            sum += p[k] = Math.Exp(row[k] - top);
        }

        return Array.ConvertAll(p, x => x / sum);
    }
}
