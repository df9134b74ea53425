using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Mean cross-entropy of softmax scores.</summary>
public static class SoftmaxLoss
{
    /// <summary>Sum of the losses of a batch, its correct answers (lowest index on ties) and, where asked, d(mean loss)/d(logits).</summary>
    public static (double LossSum, int Correct) Evaluate<T>(T[] logits, ReadOnlySpan<int> labels, int classes, T[]? gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        int correct = 0;
        var shifted = new double[classes];
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

            total += Math.Log(sum) + top - double.CreateChecked(row[labels[n]]);
            correct += best == labels[n] ? 1 : 0;
            for (int k = 0; gradient is not null && k < classes; k++)
            {
                gradient[(n * classes) + k] = T.CreateChecked(((shifted[k] / sum) - (k == labels[n] ? 1 : 0)) / labels.Length);
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
}
