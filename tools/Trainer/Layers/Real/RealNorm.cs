using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>
/// Batch norm (x - mean)/sqrt(var + 1e-5) * gain + shift per channel, or a bias alone, then activation and channel mask. Any
/// number of channels.
/// </summary>
public sealed class RealNorm<T>(RealNormState<T> state, ActivationKind activation, bool batchNorm)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Added to the variance.</summary>
    public const double Epsilon = 1e-5;

    private readonly RealNormKernel<T> kernel = new(state, activation);

    public RealNormState<T> State { get; } = state;

    /// <summary>Mean of the last training batch.</summary>
    public T[] BatchMean { get; private set; } = [];

    /// <summary>Biased variance of the last training batch.</summary>
    public T[] BatchVariance { get; private set; } = [];

    /// <summary>Activated map; <paramref name="training"/> uses the statistics of the batch and moves the running ones by 0.1.</summary>
    public void Forward(FeatureBatch<T> x, FeatureBatch<T> output, bool training, WorkSplit work)
    {
        output.Count = x.Count;
        if (batchNorm && training)
        {
            TakeStatistics(x, work);
        }

        kernel.Use(batchNorm ? training ? BatchMean : State.RunningMean : null, training ? BatchVariance : State.RunningVariance);
        work.RunImages(x.Count, (first, images, _) => kernel.Forward(x, output, first, images));
    }

    /// <summary>dx from the gradient of the activated map; sets the parameter gradients. Training statistics.</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> doutput, FeatureBatch<T> dx, WorkSplit work)
    {
        dx.Count = x.Count;
        double[] sums = Reduce(x.Count, 2 * State.Channels, work, (first, images) => kernel.Through(x, doutput, dx, first, images));
        int c = State.Channels;
        var centre = new T[2 * c];
        double pixels = (double)x.Count * x.Shape.Pixels;
        for (int i = 0; i < c; i++)
        {
            State.ShiftGradient[i] = T.CreateChecked(sums[i]);
            State.GainGradient[i] = T.CreateChecked(sums[c + i]);
            centre[i] = T.CreateChecked(sums[i] / pixels);
            centre[c + i] = T.CreateChecked(sums[c + i] / pixels);
        }

        if (batchNorm)
        {
            work.RunImages(x.Count, (first, images, _) => kernel.Centre(x, dx, centre, first, images));
        }
    }

    private static double[] Reduce(int count, int length, WorkSplit work, Func<int, int, double[]> part)
    {
        double[][] parts = new double[WorkSplit.Chunks(count)][];
        work.Run(count, (chunk, first, images, _) => parts[chunk] = part(first, images));
        var sums = new double[length];
        foreach (double[] found in parts)
        {
            for (int i = 0; i < length; i++)
            {
                sums[i] += found[i];
            }
        }

        return sums;
    }

    private void TakeStatistics(FeatureBatch<T> x, WorkSplit work)
    {
        int c = State.Channels;
        double pixels = (double)x.Count * x.Shape.Pixels;
        T[] Mean(T[] centre, bool squares) => Array.ConvertAll(
            Reduce(x.Count, c, work, (first, images) => kernel.Sums(x, centre, squares, first, images)), sum => T.CreateChecked(sum / pixels));
        BatchMean = Mean(new T[c], squares: false);
        BatchVariance = Mean(BatchMean, squares: true);
        T keep = T.CreateChecked(0.9), take = T.CreateChecked(0.1);
        for (int i = 0; i < c; i++)
        {
            State.RunningMean[i] = (keep * State.RunningMean[i]) + (take * BatchMean[i]);
            State.RunningVariance[i] = (keep * State.RunningVariance[i]) + (take * BatchVariance[i]);
        }
    }
}
