using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Values of one layer: v = norm + shortcut, and what readers of its bits see: the activated v, times the mask.
/// The gradient of the bits reaches v where the activation lets it (<see cref="Activation{T}"/>). On a
/// <see cref="ValueGrid{T}"/> norm and v are rounded as the machine does; the gradient passes as if they were not.
/// </summary>
internal static unsafe class ResidualAdd<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><paramref name="values"/> holds the norm's output and receives v; <paramref name="bits"/> the activated map.</summary>
    public static void Forward(FeatureBatch<T> values, FeatureBatch<T>? shortcut, FeatureBatch<T> bits, T[] mask, ActivationKind activation, ValueGrid<T>? grid, WorkSplit work)
    {
        bits.Count = values.Count;
        work.RunImages(values.Count, (first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                grid?.Round(values.Image(n), values.ImageLength);
                if (shortcut is not null)
                {
                    PatchRows.Add(shortcut.Image(n), values.Image(n), values.ImageLength);
                    grid?.Saturate(values.Image(n), values.ImageLength);
                }

                Activate(values.Image(n), bits.Image(n), mask, values.Parts * values.Shape.Pixels, new(activation));
            }
        });
    }

    /// <summary>Gradient of v: <paramref name="dv"/> (where <paramref name="add"/>, else 0) plus what comes through the bits.</summary>
    public static void Backward(FeatureBatch<T> values, FeatureBatch<T> dbits, FeatureBatch<T> dv, bool add, T[] mask, ActivationKind activation, WorkSplit work)
    {
        dv.Count = values.Count;
        work.RunImages(values.Count, (first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                Through(values.Image(n), dbits.Image(n), dv.Image(n), add, mask, values.Parts * values.Shape.Pixels, new(activation));
            }
        });
    }

    /// <summary>Adds the gradient of a second reader of the same values.</summary>
    public static void Add(FeatureBatch<T> gradient, FeatureBatch<T> total, WorkSplit work) => work.RunImages(gradient.Count, (first, images, _) =>
        PatchRows.Add(gradient.Image(first), total.Image(first), images * gradient.ImageLength));

    // A run is the real or the imaginary lanes of a pixel; scalar at its end, for real layers may be narrower than a vector.
    private static void Activate(T* v, T* bits, T[] mask, int runs, Activation<T> activation)
    {
        int c = mask.Length, width = Vector<T>.Count;
        for (int p = 0; p < runs; p++, v += c, bits += c)
        {
            int at = 0;
            for (; at <= c - width; at += width)
            {
                (activation.Apply(Vector.Load(v + at)) * new Vector<T>(mask, at)).Store(bits + at);
            }

            for (; at < c; at++)
            {
                bits[at] = activation.Apply(v[at]) * mask[at];
            }
        }
    }

    private static void Through(T* v, T* dbits, T* dv, bool add, T[] mask, int runs, Activation<T> activation)
    {
        int c = mask.Length, width = Vector<T>.Count;
        for (int p = 0; p < runs; p++, v += c, dbits += c, dv += c)
        {
            int at = 0;
            for (; at <= c - width; at += width)
            {
                Vector<T> open = activation.Through(Vector.Load(v + at), Vector.Load(dbits + at) * new Vector<T>(mask, at));
                (add ? Vector.Load(dv + at) + open : open).Store(dv + at);
            }

            for (; at < c; at++)
            {
                T open = activation.Through(v[at], dbits[at] * mask[at]);
                dv[at] = add ? dv[at] + open : open;
            }
        }
    }
}
