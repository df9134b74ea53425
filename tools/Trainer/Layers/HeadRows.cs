using System.Numerics;
using System.Runtime.InteropServices;

namespace BcnnSim.Trainer.Layers;

/// <summary>Loops of <see cref="ClassifierHead{T}"/> over the features of one pixel: whole vectors, then the rest, which round alike.</summary>
internal static class HeadRows
{
    /// <summary>sum += value, or its positive part.</summary>
    public static void Add<T>(ReadOnlySpan<T> values, bool relu, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> wide = Vectors(values);
        Span<Vector<T>> wideSum = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < wide.Length; i++)
        {
            wideSum[i] += relu ? Vector.ConditionalSelect(Vector.LessThan(wide[i], Vector<T>.Zero), Vector<T>.Zero, wide[i]) : wide[i];
        }

        for (int i = wide.Length * Vector<T>.Count; i < values.Length; i++)
        {
            sum[i] += relu && values[i] < T.Zero ? T.Zero : values[i];
        }
    }

    /// <summary>sum += factor * value * scale, multiplied from the left.</summary>
    public static void AddScaled<T>(T factor, ReadOnlySpan<T> values, T scale, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> wide = Vectors(values);
        Span<Vector<T>> wideSum = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < wide.Length; i++)
        {
            wideSum[i] += factor * wide[i] * scale;
        }

        for (int i = wide.Length * Vector<T>.Count; i < values.Length; i++)
        {
            sum[i] += factor * values[i] * scale;
        }
    }

    /// <summary>Gradient of a pixel: the row, behind a ReLU only where the value is above 0.</summary>
    public static void Spread<T>(ReadOnlySpan<T> row, bool relu, ReadOnlySpan<T> values, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!relu)
        {
            row.CopyTo(gradient);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            gradient[i] = values[i] <= T.Zero ? T.Zero : row[i];
        }
    }

    private static ReadOnlySpan<Vector<T>> Vectors<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(values);
}
