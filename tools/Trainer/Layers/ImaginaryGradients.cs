using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Backward pass of <see cref="ImaginaryBranch{T}"/>. First over the outer half: dW2, db and the sums of the second norm;
/// then over the inner half, which needs those sums. Sums are double, per chunk of images, merged in chunk order.
/// </summary>
internal sealed unsafe class ImaginaryGradients<T>(ImaginaryState<T> state, MapShape shape, T steps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int channels = state.Channels;

    /// <param name="input">Real lanes.</param>
    /// <param name="inner">Output of the first convolution.</param>
    /// <param name="outer">Output before the clip; overwritten.</param>
    /// <param name="gradient">Gradient of the imaginary lanes v = steps * y.</param>
    /// <param name="mean1">Batch mean of the real lanes.</param>
    /// <param name="mean2">Batch mean of the first convolution's output.</param>
    /// <param name="work">Threads.</param>
    public void Set(
        FeatureBatch<T> input, AlignedBuffer<T> inner, AlignedBuffer<T> outer, AlignedBuffer<T> gradient, double[] mean1, double[] mean2, WorkSplit work)
    {
        (Coefficients<T> first, Coefficients<T> second) = (state.First(true), state.Second(true));
        long image = (long)shape.Pixels * channels;
        double[] outerSums = Sum(input.Count, work, (from, pixels, sums) =>
            Outer(inner.Data + (from * image), outer.Data + (from * image), gradient.Data + (from * image), pixels, second, mean2, sums));
        Take(outerSums, [state.Gradients[6], state.Gradients[5], state.Gradients[4], state.Gradients[3]]);
        double pixels = (double)input.Count * shape.Pixels;
        T[] meanOfGradient = Array.ConvertAll(state.Gradients[4], g => g / T.CreateChecked(pixels));
        T[] meanOfProduct = Array.ConvertAll(state.Gradients[3], g => g / T.CreateChecked(pixels));
        double[] innerSums = Sum(input.Count, work, (from, count, sums) =>
        {
            T* dz = outer.Data + (from * image);
            Centre(inner.Data + (from * image), dz, count, second, mean2, meanOfGradient, meanOfProduct);
            Inner(input.Image(from), dz, count, first, mean1, sums);
        });
        Take(innerSums, [state.Gradients[2], state.Gradients[1], state.Gradients[0]]);
    }

    private delegate void ChunkBody(int firstImage, int pixels, double[] sums);

    // C biases (or none), C x C weights, C shifts, C gains.
    private double[] Sum(int images, WorkSplit work, ChunkBody body)
    {
        var parts = new double[WorkSplit.Chunks(images)][];
        work.Run(images, (chunk, first, count, _) =>
        {
            parts[chunk] = new double[channels * (channels + 3)];
            body(first, count * shape.Pixels, parts[chunk]);
        });
        return [.. Enumerable.Range(0, parts[0].Length).Select(i => parts.Sum(part => part[i]))];
    }

    private static void Take(double[] sums, T[][] targets)
    {
        int at = 0;
        foreach (T[] target in targets)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = T.CreateChecked(sums[at++]);
            }
        }
    }

    // Leaves the gradient of the second norm's output in y.
    private void Outer(T* z, T* y, T* dv, int pixels, Coefficients<T> second, double[] mean, double[] sums)
    {
        int c2 = channels * channels;
        T* dy = stackalloc T[channels];
        T[] inverse = Array.ConvertAll(state.BatchVariance2, ImaginaryState<T>.Inverse);
        for (int p = 0; p < pixels; p++, z += channels, y += channels, dv += channels)
        {
            for (int k = 0; k < channels; k++)
            {
                dy[k] = T.Abs(y[k]) <= T.One ? dv[k] * steps : T.Zero;
                sums[k] += double.CreateChecked(dy[k]);
            }

            for (int o = 0; o < channels; o++)
            {
                T before = (z[o] * second.Scale[o]) + second.Shift[o];
                T g = T.Max(T.Zero, before);
                T d = T.Zero;
                for (int k = 0; k < channels; k++)
                {
                    d += state.Weight2[(k * channels) + o] * dy[k];
                    sums[channels + (k * channels) + o] += double.CreateChecked(dy[k] * g);
                }

                y[o] = before > T.Zero ? d : T.Zero;
                sums[channels + c2 + o] += double.CreateChecked(y[o]);
                sums[(2 * channels) + c2 + o] += double.CreateChecked(y[o] * (z[o] - T.CreateChecked(mean[o])) * inverse[o]);
            }
        }
    }

    // dz = scale (da - mean da - zh mean(da zh)), in place.
    private void Centre(T* z, T* da, int pixels, Coefficients<T> second, double[] mean, T[] meanOfGradient, T[] meanOfProduct)
    {
        T[] inverse = Array.ConvertAll(state.BatchVariance2, ImaginaryState<T>.Inverse);
        T[] centre = Array.ConvertAll(mean, T.CreateChecked);
        for (int p = 0; p < pixels; p++, z += channels, da += channels)
        {
            for (int o = 0; o < channels; o++)
            {
                T hat = (z[o] - centre[o]) * inverse[o];
                da[o] = second.Scale[o] * (da[o] - meanOfGradient[o] - (hat * meanOfProduct[o]));
            }
        }
    }

    private void Inner(T* x, T* dz, int pixels, Coefficients<T> first, double[] mean, double[] sums)
    {
        int c2 = channels * channels;
        T[] inverse = Array.ConvertAll(state.BatchVariance1, ImaginaryState<T>.Inverse);
        T[] centre = Array.ConvertAll(mean, T.CreateChecked);
        for (int p = 0; p < pixels; p++, x += 2 * channels, dz += channels)
        {
            for (int c = 0; c < channels; c++)
            {
                T value = x[c] / steps;
                T before = (value * first.Scale[c]) + first.Shift[c];
                T h = T.Max(T.Zero, before);
                T d = T.Zero;
                for (int o = 0; o < channels; o++)
                {
                    d += state.Weight1[(o * channels) + c] * dz[o];
                    sums[(o * channels) + c] += double.CreateChecked(dz[o] * h);
                }

                d = before > T.Zero ? d : T.Zero;
                sums[c2 + c] += double.CreateChecked(d);
                sums[c2 + channels + c] += double.CreateChecked(d * (value - centre[c]) * inverse[c]);
            }
        }
    }
}
