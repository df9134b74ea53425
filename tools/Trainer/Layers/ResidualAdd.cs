using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Values of one layer: v = norm + shortcut, and what readers of its bits see: Hardtanh(+-1.3) and sign of v, times the mask.
/// Straight-through as in <see cref="NormActivation{T}"/>: the gradient of the bits reaches v where |v| &lt;= 1.3. On a
/// <see cref="ValueGrid{T}"/> norm and v are rounded as the machine does; the gradient passes as if they were not.
/// </summary>
internal static unsafe class ResidualAdd<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Vector<T> Bound = new(T.CreateChecked(NormActivation<T>.Bound));

    /// <summary><paramref name="values"/> holds the norm's output and receives v; <paramref name="bits"/> the activated map.</summary>
    public static void Forward(FeatureBatch<T> values, FeatureBatch<T>? shortcut, FeatureBatch<T> bits, T[] mask, ActivationKind activation, ValueGrid<T>? grid, WorkSplit work)
    {
        bits.Count = values.Count;
        work.Run(values.Count, (_, first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                grid?.Round(values.Image(n), values.ImageLength);
                if (shortcut is not null)
                {
                    PatchRows.Add(shortcut.Image(n), values.Image(n), values.ImageLength);
                    grid?.Saturate(values.Image(n), values.ImageLength);
                }

                Activate(values.Image(n), bits.Image(n), mask, values.Shape.Pixels, activation);
            }
        });
    }

    /// <summary>Gradient of v: <paramref name="dv"/> (where <paramref name="add"/>, else 0) plus what comes through the bits.</summary>
    public static void Backward(FeatureBatch<T> values, FeatureBatch<T> dbits, FeatureBatch<T> dv, bool add, T[] mask, WorkSplit work)
    {
        dv.Count = values.Count;
        work.Run(values.Count, (_, first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                Through(values.Image(n), dbits.Image(n), dv.Image(n), add, mask, values.Shape.Pixels);
            }
        });
    }

    /// <summary>Adds the gradient of a second reader of the same values.</summary>
    public static void Add(FeatureBatch<T> gradient, FeatureBatch<T> total, WorkSplit work) => work.Run(gradient.Count, (_, first, images, _) =>
        PatchRows.Add(gradient.Image(first), total.Image(first), images * gradient.ImageLength));

    private static void Activate(T* v, T* bits, T[] mask, int pixels, ActivationKind activation)
    {
        int c = mask.Length;
        for (int p = 0; p < 2 * pixels; p++, v += c, bits += c)
        {
            // One half pixel: the real or the imaginary lanes. The last vector overlaps the one before and writes the same.
            for (int block = 0; block < c; block += Vector<T>.Count)
            {
                int at = Math.Min(block, c - Vector<T>.Count);
                Vector<T> x = Vector.Load(v + at);
                Vector<T> y = activation == ActivationKind.Sign
                    ? Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<T>.Zero), Vector<T>.One, -Vector<T>.One)
                    : Vector.Min(Vector.Max(x, -Bound), Bound);
                (y * new Vector<T>(mask, at)).Store(bits + at);
            }
        }
    }

    // Scalar at the end of a row, for an overlapping vector would add twice.
    private static void Through(T* v, T* dbits, T* dv, bool add, T[] mask, int pixels)
    {
        int c = mask.Length, width = Vector<T>.Count;
        T limit = T.CreateChecked(NormActivation<T>.Bound);
        for (int p = 0; p < 2 * pixels; p++, v += c, dbits += c, dv += c)
        {
            int at = 0;
            for (; at <= c - width; at += width)
            {
                Vector<T> open = Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(Vector.Load(v + at)), Bound), Vector.Load(dbits + at) * new Vector<T>(mask, at), Vector<T>.Zero);
                (add ? Vector.Load(dv + at) + open : open).Store(dv + at);
            }

            for (; at < c; at++)
            {
                T open = T.Abs(v[at]) <= limit ? dbits[at] * mask[at] : T.Zero;
                dv[at] = add ? dv[at] + open : open;
            }
        }
    }
}
