using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Mean cross-entropy of softmax scores.</summary>
public static class SoftmaxLoss
{
    /// <summary>Sum of the losses of a batch, its correct answers (lowest index on ties) and, where asked, d(mean loss)/d(logits).</summary>
    /// <param name="logits">[image][class].</param>
    /// <param name="labels">Truth.</param>
    /// <param name="classes">K.</param>
    /// <param name="gradient">As logits; null = not asked.</param>
    /// <param name="smoothing">Share of the target that all classes get alike; the truth has the rest (Szegedy et al., CVPR 2016).</param>
    public static (double LossSum, int Correct) Evaluate<T>(T[] logits, ReadOnlySpan<int> labels, int classes, T[]? gradient, double smoothing = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        int correct = 0;
        var shifted = new double[classes];
        double all = smoothing / classes, truth = 1 - smoothing + all;
        for (int n = 0; n < labels.Length; n++)
        {
            ReadOnlySpan<T> row = logits.AsSpan(n * classes, classes);
            int best = Best(row);
            double top = double.CreateChecked(row[best]);
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                shifted[k] = Math.Exp(double.CreateChecked(row[k]) - top);
                sum += shifted[k];
            }

            total += Math.Log(sum) + top - (smoothing == 0 ? double.CreateChecked(row[labels[n]]) : Target(row, labels[n], truth, all));
            correct += best == labels[n] ? 1 : 0;
            for (int k = 0; gradient is not null && k < classes; k++)
            {
                gradient[(n * classes) + k] = T.CreateChecked(((shifted[k] / sum) - (k == labels[n] ? truth : all)) / labels.Length);
            }
        }

        return (total, correct);
    }

    /// <summary>argmax, lowest index on ties.</summary>
    public static int Best<T>(ReadOnlySpan<T> row)
        where T : IComparisonOperators<T, T, bool>
    {
        int best = 0;
        for (int k = 1; k < row.Length; k++)
        {
            best = row[k] > row[best] ? k : best;
        }

        return best;
    }

    // Mean logit under the target.
    private static double Target<T>(ReadOnlySpan<T> row, int label, double truth, double all)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double mean = 0;
        for (int k = 0; k < row.Length; k++)
        {
            mean += double.CreateChecked(row[k]) * (k == label ? truth : all);
        }

        return mean;
    }
}
