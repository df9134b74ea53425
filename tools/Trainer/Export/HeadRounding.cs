using MathNet.Numerics.LinearAlgebra;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Rounds the head's weights to int8 so that the scores' differences change least over frames whose features have a known
/// covariance. Feature by feature, most variance first: rounding one weight moves its error to the features correlated with it
/// that are still to come (error feedback as in GPTQ, Frantar et al., ICLR 2023). Scores are only compared, so one number may
/// be taken from a feature's weights in all classes: it is chosen to lose least.
/// </summary>
internal sealed class HeadRounding
{
    // Share of the mean variance added to every feature, so that one that never moves in the sample is not free.
    private const double Damping = 0.01;

    // Offsets tried within one step.
    private const int Offsets = 64;

    private readonly double[,] weights;
    private readonly Matrix<double> covariance;
    private readonly Matrix<double> feedback;
    private readonly int[] order;

    /// <param name="weights">[class, feature].</param>
    /// <param name="covariance">Of the features.</param>
    public HeadRounding(double[,] weights, Matrix<double> covariance)
    {
        this.weights = weights;
        this.covariance = covariance;
        int features = covariance.RowCount;
        order = [.. Enumerable.Range(0, features).OrderByDescending(f => covariance[f, f]).ThenBy(f => f)];
        double damping = Math.Max(Damping * covariance.Trace() / features, double.Epsilon * features);
        Matrix<double> moments = Matrix<double>.Build.Dense(features, features, (i, j) => covariance[order[i], order[j]] + (i == j ? damping : 0));
        feedback = moments.Inverse().Cholesky().Factor.Transpose();
    }

    /// <summary>Weights of one scale, and the mean squared error of the scores' differences, in units of the unscaled scores.</summary>
    public (sbyte[,] Rounded, double Error) Round(double factor)
    {
        (int classes, int features) = (weights.GetLength(0), weights.GetLength(1));
        var rest = new double[classes, features];
        var rounded = new sbyte[classes, features];
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < features; i++)
            {
                rest[k, i] = weights[k, order[i]] * factor;
            }
        }

        for (int i = 0; i < features; i++)
        {
            double offset = BestOffset([.. Enumerable.Range(0, classes).Select(k => rest[k, i])]);
            for (int k = 0; k < classes; k++)
            {
                sbyte q = Rounded(rest[k, i] - offset);
                rounded[k, order[i]] = q;
                PassOn(rest, k, i, (rest[k, i] - offset - q) / feedback[i, i]);
            }
        }

        return (rounded, Error(rounded, factor));
    }

    /// <summary>Half the largest difference of two classes' weights of one feature: what an int8 must span.</summary>
    public double Span() => Enumerable.Range(0, weights.GetLength(1)).Max(f =>
    {
        double[] column = [.. Enumerable.Range(0, weights.GetLength(0)).Select(k => weights[k, f])];
        return (column.Max() - column.Min()) / 2;
    });

    private static sbyte Rounded(double value) =>
        (sbyte)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), -sbyte.MaxValue, sbyte.MaxValue);

    private static double BestOffset(double[] column)
    {
        double middle = (column.Max() + column.Min()) / 2;
        return Enumerable.Range(0, Offsets).Select(i => middle + (((double)i / Offsets) - 0.5)).MinBy(offset => column.Sum(w => Math.Pow(w - offset - Rounded(w - offset), 2)));
    }

    private void PassOn(double[,] rest, int k, int from, double error)
    {
        for (int i = from + 1; i < order.Length; i++)
        {
            rest[k, i] -= error * feedback[from, i];
        }
    }

    // Trace of E S E', E the weights' errors less their mean over the classes.
    private double Error(sbyte[,] rounded, double factor)
    {
        (int classes, int features) = (weights.GetLength(0), weights.GetLength(1));
        Matrix<double> error = Matrix<double>.Build.Dense(classes, features, (k, f) => (rounded[k, f] / factor) - weights[k, f]);
        Vector<double> mean = error.ColumnSums() / classes;
        error = Matrix<double>.Build.Dense(classes, features, (k, f) => error[k, f] - mean[f]);
        return (error * covariance * error.Transpose()).Trace();
    }
}
