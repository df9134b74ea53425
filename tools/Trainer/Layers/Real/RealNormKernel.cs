using System.Numerics;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>Loops of <see cref="RealNorm{T}"/> over images: vectors over the run of values, single values at the end of an image.</summary>
internal sealed unsafe class RealNormKernel<T>(RealNormState<T> state, ActivationKind kind)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ChannelCycle<T> cycle = new(state.Channels);
    private readonly Activation<T> activation = new(kind);
    private T[] mean = [];
    private T[] inverse = [];
    private T[] gain = [];
    private T[] shift = [];
    private T[] mask = [];

    /// <summary>Takes the parameters for the passes that follow; without <paramref name="means"/> the shift alone acts.</summary>
    public void Use(T[]? means, T[] variances)
    {
        mean = cycle.Continued(means ?? new T[state.Channels]);
        inverse = cycle.Continued(means is null ? state.Gain : Array.ConvertAll(variances, v => T.One / T.Sqrt(v + T.CreateChecked(RealNorm<T>.Epsilon))));
        gain = cycle.Continued(state.Gain);
        shift = cycle.Continued(state.Shift);
        mask = cycle.Continued(state.Mask);
    }

    public void Forward(FeatureBatch<T> x, FeatureBatch<T> output, int first, int images)
    {
        int width = Vector<T>.Count;
        for (int n = first; n < first + images; n++)
        {
            T* from = x.Image(n);
            T* to = output.Image(n);
            int i = 0, at = 0;
            for (; i <= x.ImageLength - width; i += width, at = cycle.Next(at))
            {
                Vector<T> y = (Hat(Vector.Load(from + i), at) * new Vector<T>(gain, at)) + new Vector<T>(shift, at);
                (activation.Apply(y) * new Vector<T>(mask, at)).Store(to + i);
            }

            for (; i < x.ImageLength; i++, at++)
            {
                to[i] = activation.Apply((Hat(from[i], at) * gain[at]) + shift[at]) * mask[at];
            }
        }
    }

    /// <summary>Per channel the sum of x - centre, or of its square.</summary>
    public double[] Sums(FeatureBatch<T> x, T[] centre, bool squares, int first, int images)
    {
        int width = Vector<T>.Count;
        var sums = new double[state.Channels];
        T[] middle = cycle.Continued(centre), part = new T[cycle.Length];
        for (int n = first; n < first + images; n++)
        {
            T* from = x.Image(n);
            int i = 0, at = 0;
            for (; i <= x.ImageLength - width; i += width, at = cycle.Next(at))
            {
                Vector<T> d = Vector.Load(from + i) - new Vector<T>(middle, at);
                (new Vector<T>(part, at) + (squares ? d * d : d)).CopyTo(part, at);
            }

            for (; i < x.ImageLength; i++, at++)
            {
                T d = from[i] - middle[at];
                part[at] += squares ? d * d : d;
            }

            cycle.Fold(part, sums, 0);
        }

        return sums;
    }

    /// <summary>Sets dx to d, the gradient of y, and returns per channel the sum of d, then of d xh.</summary>
    public double[] Through(FeatureBatch<T> x, FeatureBatch<T> gradient, FeatureBatch<T> dx, int first, int images)
    {
        int width = Vector<T>.Count;
        var sums = new double[2 * state.Channels];
        T[] plain = new T[cycle.Length], product = new T[cycle.Length];
        for (int n = first; n < first + images; n++)
        {
            T* from = x.Image(n);
            T* g = gradient.Image(n);
            T* to = dx.Image(n);
            int i = 0, at = 0;
            for (; i <= x.ImageLength - width; i += width, at = cycle.Next(at))
            {
                Vector<T> hat = Hat(Vector.Load(from + i), at);
                Vector<T> d = activation.Through((hat * new Vector<T>(gain, at)) + new Vector<T>(shift, at), Vector.Load(g + i) * new Vector<T>(mask, at));
                d.Store(to + i);
                (new Vector<T>(plain, at) + d).CopyTo(plain, at);
                (new Vector<T>(product, at) + (d * hat)).CopyTo(product, at);
            }

            for (; i < x.ImageLength; i++, at++)
            {
                T hat = Hat(from[i], at);
                T d = activation.Through((hat * gain[at]) + shift[at], g[i] * mask[at]);
                to[i] = d;
                plain[at] += d;
                product[at] += d * hat;
            }

            cycle.Fold(plain, sums, 0);
            cycle.Fold(product, sums, state.Channels);
        }

        return sums;
    }

    /// <summary>dx = gain (d - mean d - xh mean(d xh)) / s in place of d; <paramref name="means"/> holds both means, C values each.</summary>
    public void Centre(FeatureBatch<T> x, FeatureBatch<T> dx, T[] means, int first, int images)
    {
        int width = Vector<T>.Count;
        T[] plain = cycle.Continued(means), product = cycle.Continued(means, state.Channels);
        for (int n = first; n < first + images; n++)
        {
            T* from = x.Image(n);
            T* to = dx.Image(n);
            int i = 0, at = 0;
            for (; i <= x.ImageLength - width; i += width, at = cycle.Next(at))
            {
                Vector<T> d = Vector.Load(to + i) - new Vector<T>(plain, at) - (Hat(Vector.Load(from + i), at) * new Vector<T>(product, at));
                (d * new Vector<T>(gain, at) * new Vector<T>(inverse, at)).Store(to + i);
            }

            for (; i < x.ImageLength; i++, at++)
            {
                to[i] = (to[i] - plain[at] - (Hat(from[i], at) * product[at])) * gain[at] * inverse[at];
            }
        }
    }

    private Vector<T> Hat(Vector<T> x, int at) => (x - new Vector<T>(mean, at)) * new Vector<T>(inverse, at);

    private T Hat(T x, int at) => (x - mean[at]) * inverse[at];
}
