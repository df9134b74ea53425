using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Vector loops of <see cref="NormActivation{T}"/> over images, one block of channels (both parts) at a time.</summary>
internal sealed unsafe class NormKernel<T>(NormState<T> state, T[] mean, T[] inverse, ActivationKind kind)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Activation<T> activation = new(kind);

    public void Forward(FeatureBatch<T> x, FeatureBatch<T> output, int first, int images)
    {
        int c = state.Channels;
        for (int n = first; n < first + images; n++)
        {
            for (int block = 0; block < c; block += Vector<T>.Count)
            {
                int at = Math.Min(block, c - Vector<T>.Count);
                var lane = new NormLanes<T>(state, mean, inverse, at);
                T* from = x.Image(n) + at;
                T* to = output.Image(n) + at;
                for (int p = 0; p < x.Shape.Pixels; p++, from += 2 * c, to += 2 * c)
                {
                    (Vector<T> hr, Vector<T> hi) = lane.Normalise(Vector.Load(from), Vector.Load(from + c));
                    (Vector<T> yr, Vector<T> yi) = lane.Rotate(hr, hi);
                    (activation.Apply(yr) * lane.Mask).Store(to);
                    (activation.Apply(yi) * lane.Mask).Store(to + c);
                }
            }
        }
    }

    /// <summary>Blocks of C: sum dr, di, dr hr, dr hi, di hr, di hi, where d is the gradient of y.</summary>
    public double[] GradientSums(FeatureBatch<T> x, FeatureBatch<T> gradient, int first, int images)
    {
        int c = state.Channels;
        var sums = new double[6 * c];
        var image = new T[6 * c];
        for (int n = first; n < first + images; n++)
        {
            for (int block = 0; block < c; block += Vector<T>.Count)
            {
                ImageSums(x, gradient, n, Math.Min(block, c - Vector<T>.Count), image);
            }

            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += double.CreateChecked(image[i]);
            }
        }

        return sums;
    }

    /// <summary>dx = (gh - mean gh - 2 xh mean(gh xh)) / s; <paramref name="centre"/> holds mean gh and 2 mean(gh xh), both [re | im].</summary>
    public void Backward(FeatureBatch<T> x, FeatureBatch<T> gradient, FeatureBatch<T> dx, T[] centre, int first, int images)
    {
        int c = state.Channels;
        for (int n = first; n < first + images; n++)
        {
            for (int block = 0; block < c; block += Vector<T>.Count)
            {
                int at = Math.Min(block, c - Vector<T>.Count);
                var lane = new NormLanes<T>(state, mean, inverse, at);
                Vector<T> mr = new(centre, at), mi = new(centre, c + at), vr = new(centre, (2 * c) + at), vi = new(centre, (3 * c) + at);
                long offset = at;
                for (int p = 0; p < x.Shape.Pixels; p++, offset += 2 * c)
                {
                    T* from = x.Image(n) + offset;
                    T* to = dx.Image(n) + offset;
                    (Vector<T> hr, Vector<T> hi) = lane.Normalise(Vector.Load(from), Vector.Load(from + c));
                    (Vector<T> dr, Vector<T> di) = Through(lane, gradient.Image(n) + offset, hr, hi);
                    Vector<T> gr = (lane.GainRe * dr) + (lane.GainIm * di);
                    Vector<T> gi = (lane.GainRe * di) - (lane.GainIm * dr);
                    ((gr - mr - (hr * vr)) * lane.InverseRe).Store(to);
                    ((gi - mi - (hi * vi)) * lane.InverseIm).Store(to + c);
                }
            }
        }
    }

    private void ImageSums(FeatureBatch<T> x, FeatureBatch<T> gradient, int n, int at, T[] sums)
    {
        int c = state.Channels;
        var lane = new NormLanes<T>(state, mean, inverse, at);
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        T* from = x.Image(n) + at;
        T* g = gradient.Image(n) + at;
        for (int p = 0; p < x.Shape.Pixels; p++, from += 2 * c, g += 2 * c)
        {
            (Vector<T> hr, Vector<T> hi) = lane.Normalise(Vector.Load(from), Vector.Load(from + c));
            (Vector<T> dr, Vector<T> di) = Through(lane, g, hr, hi);
            s0 += dr;
            s1 += di;
            s2 += dr * hr;
            s3 += dr * hi;
            s4 += di * hr;
            s5 += di * hi;
        }

        s0.CopyTo(sums, at);
        s1.CopyTo(sums, c + at);
        s2.CopyTo(sums, (2 * c) + at);
        s3.CopyTo(sums, (3 * c) + at);
        s4.CopyTo(sums, (4 * c) + at);
        s5.CopyTo(sums, (5 * c) + at);
    }

    private (Vector<T> Re, Vector<T> Im) Through(in NormLanes<T> lane, T* g, Vector<T> hr, Vector<T> hi)
    {
        (Vector<T> yr, Vector<T> yi) = lane.Rotate(hr, hi);
        Vector<T> dr = Vector.Load(g) * lane.Mask;
        Vector<T> di = Vector.Load(g + state.Channels) * lane.Mask;
        return (activation.Through(yr, dr), activation.Through(yi, di));
    }
}
