using System.Numerics;
using System.Runtime.InteropServices;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>Loops of <see cref="ClassifierHead{T}"/> over the features of one pixel: whole vectors, then the rest, which round alike.</summary>
internal static class HeadRows
{
    /// <summary>sum += the positive part of value; the value itself is <see cref="PatchRows.Add{T}"/>'s.</summary>
    public static void AddPositive<T>(ReadOnlySpan<T> values, Span<T> sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> wide = Vectors(values);
        Span<Vector<T>> wideSum = MemoryMarshal.Cast<T, Vector<T>>(sum);
        for (int i = 0; i < wide.Length; i++)
        {
            wideSum[i] += Vector.ConditionalSelect(Vector.LessThan(wide[i], Vector<T>.Zero), Vector<T>.Zero, wide[i]);
        }

        for (int i = wide.Length * Vector<T>.Count; i < values.Length; i++)
        {
            sum[i] += values[i] < T.Zero ? T.Zero : values[i];
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
