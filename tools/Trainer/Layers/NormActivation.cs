using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// CGBN, Hardtanh(+-1.3), sign and channel mask in one layer. Per component xh = (x - mu)/s, s = sqrt(2 var + 1e-5);
/// y_re = g_r xh_re - g_i xh_im + b_r, y_im = g_i xh_re + g_r xh_im + b_i (network.md section 1). Backward as training.md
/// section 2, where the 2 of "2 xh mean(gh xh)" comes from 2 var. Needs at least one vector of channels.
/// </summary>
public sealed class NormActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Added to 2 var.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Bound of the Hardtanh and of the latent weights.</summary>
    public const double Bound = 1.3;

    private readonly ActivationKind activation;
    private readonly T[] mean;
    private readonly T[] inverse;

    public NormActivation(NormState<T> state, ActivationKind activation)
    {
        if (state.Channels < LeastChannels)
        {
            throw new ArgumentException($"{state.Channels} channels: the trainer needs at least {LeastChannels} in every layer");
        }

        State = state;
        this.activation = activation;
        mean = new T[2 * state.Channels];
        inverse = new T[2 * state.Channels];
    }

    /// <summary>One vector.</summary>
    public static int LeastChannels => Vector<T>.Count;

    public NormState<T> State { get; }

    /// <summary>Replaces the running statistics in evaluation; null outside of it.</summary>
    public HeldNorm<T>? Held { get; set; }

    /// <summary>Mean of the last training batch.</summary>
    public T[] BatchMean { get; private set; } = [];

    /// <summary>Biased variance of the last training batch.</summary>
    public T[] BatchVariance { get; private set; } = [];

    /// <summary>Activated map; <paramref name="training"/> uses the statistics of the batch and moves the running ones by 0.1.</summary>
    public void Forward(FeatureBatch<T> x, FeatureBatch<T> output, bool training, WorkSplit work)
    {
        output.Count = x.Count;
        if (!training && Held is { } held)
        {
            work.RunImages(x.Count, (first, images, _) => held.Forward(x, output, State.Mask, first, images));
            return;
        }

        if (training)
        {
            TakeStatistics(x, work);
        }
        else
        {
            Use(State.RunningMean, State.RunningVariance);
        }

        var kernel = new NormKernel<T>(State, mean, inverse, activation);
        work.RunImages(x.Count, (first, images, _) => kernel.Forward(x, output, first, images));
    }

    /// <summary>dx from the gradient of the activated map; sets the parameter gradients. Training statistics.</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> doutput, FeatureBatch<T> dx, WorkSplit work)
    {
        dx.Count = x.Count;
        int channels = State.Channels;
        double[] sums = new double[6 * channels];
        var kernel = new NormKernel<T>(State, mean, inverse, activation);
        double[][] parts = new double[WorkSplit.Chunks(x.Count)][];
        work.Run(x.Count, (chunk, first, images, _) => parts[chunk] = kernel.GradientSums(x, doutput, first, images));
        foreach (double[] part in parts)
        {
            Merge(part, sums);
        }

        long pixels = (long)x.Count * x.Shape.Pixels;
        T[] centre = SetGradients(sums, pixels);
        work.RunImages(x.Count, (first, images, _) => kernel.Backward(x, doutput, dx, centre, first, images));
    }

    private static void Merge(double[] part, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += part[i];
        }
    }

    // Sums per channel, in blocks of C: gh_re, gh_im, gh_re xh_re, gh_im xh_im are derived from four products of dy and xh.
    private T[] SetGradients(double[] sums, long pixels)
    {
        int c = State.Channels;
        var centre = new T[4 * c];
        for (int i = 0; i < c; i++)
        {
            double gr = double.CreateChecked(State.GainRe[i]), gi = double.CreateChecked(State.GainIm[i]);
            double dr = sums[i], di = sums[c + i];
            double drXr = sums[(2 * c) + i], drXi = sums[(3 * c) + i], diXr = sums[(4 * c) + i], diXi = sums[(5 * c) + i];
            State.Gradients[0][i] = T.CreateChecked(drXr + diXi);
            State.Gradients[1][i] = T.CreateChecked(diXr - drXi);
            State.Gradients[2][i] = T.CreateChecked(dr);
            State.Gradients[3][i] = T.CreateChecked(di);
            centre[i] = T.CreateChecked(((gr * dr) + (gi * di)) / pixels);
            centre[c + i] = T.CreateChecked(((gr * di) - (gi * dr)) / pixels);
            centre[(2 * c) + i] = T.CreateChecked(2 * ((gr * drXr) + (gi * diXr)) / pixels);
            centre[(3 * c) + i] = T.CreateChecked(2 * ((gr * diXi) - (gi * drXi)) / pixels);
        }

        return centre;
    }

    private void TakeStatistics(FeatureBatch<T> x, WorkSplit work)
    {
        double pixels = (double)x.Count * x.Shape.Pixels;
        double[] sum = Reduce(x, work, new T[mean.Length], squares: false);
        T[] centre = Array.ConvertAll(sum, s => T.CreateChecked(s / pixels));
        double[] square = Reduce(x, work, centre, squares: true);
        T[] variance = Array.ConvertAll(square, s => T.CreateChecked(s / pixels));
        BatchMean = centre;
        BatchVariance = variance;
        T keep = T.CreateChecked(0.9), take = T.CreateChecked(0.1);
        for (int i = 0; i < mean.Length; i++)
        {
            State.RunningMean[i] = (keep * State.RunningMean[i]) + (take * centre[i]);
            State.RunningVariance[i] = (keep * State.RunningVariance[i]) + (take * variance[i]);
        }

        Use(centre, variance);
    }

    private static double[] Reduce(FeatureBatch<T> x, WorkSplit work, T[] centre, bool squares)
    {
        double[][] parts = new double[WorkSplit.Chunks(x.Count)][];
        work.Run(x.Count, (chunk, first, images, _) => parts[chunk] = NormStatistics.Sums(x, centre, squares, first, images));
        double[] sums = new double[x.Lanes];
        foreach (double[] part in parts)
        {
            Merge(part, sums);
        }

        return sums;
    }

    private void Use(T[] means, T[] variances)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] = means[i];
            inverse[i] = T.One / T.Sqrt((T.CreateChecked(2) * variances[i]) + T.CreateChecked(Epsilon));
        }
    }
}
