using MathNet.Numerics.LinearAlgebra;

namespace BcnnSim.Trainer.Export;

/// <summary>Mean and covariance of the head's averaged features over frames, summed in their order.</summary>
public sealed class FeatureMoments(int features)
{
    private readonly double[] sums = new double[features];
    private readonly double[,] products = new double[features, features];
    private long count;

    /// <summary>2C.</summary>
    public int Features => features;

    /// <summary>Takes [image][2C].</summary>
    public void Add(ReadOnlySpan<float> batch)
    {
        for (int at = 0; at < batch.Length; at += features, count++)
        {
            for (int i = 0; i < features; i++)
            {
                double x = batch[at + i];
                sums[i] += x;
                for (int j = 0; j <= i; j++)
                {
                    products[i, j] += x * batch[at + j];
                }
            }
        }
    }

    public double[] Mean() => [.. sums.Select(sum => sum / count)];

    /// <summary>Biased, symmetric.</summary>
    public Matrix<double> Covariance()
    {
        double[] mean = Mean();
        return Matrix<double>.Build.Dense(features, features, (i, j) => (products[Math.Max(i, j), Math.Min(i, j)] / count) - (mean[i] * mean[j]));
    }
}
