using System.Numerics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// im2col and its adjoint for maps stored pixel by pixel: one row per output pixel, columns (ky*Kw + kx)*lanes + lane.
/// A tap outside the map is 0: padding is applied after binarization.
/// </summary>
public static unsafe class PatchRows
{
    // Longer pieces are left to the runtime's copy.
    private const int ShortPiece = 32;

    // Elements of a sum that stay in the first-level cache.
    private const int MergeLength = 4096;

    /// <summary>Map [H, W, lanes] to rows [output pixels, Kh*Kw*lanes].</summary>
    public static void Gather<T>(WindowShape w, T* map, T* rows)
        where T : unmanaged
    {
        int rowLength = w.KernelWidth * w.Lanes;
        T* mapEnd = map + ((long)w.Height * w.Width * w.Lanes);
        T* rowsEnd = rows + ((long)w.OutPixels * w.RowLength);
        for (int oy = 0; oy < w.OutHeight; oy++)
        {
            for (int ox = 0; ox < w.OutWidth; ox++)
            {
                (int left, int first, int last) = w.Columns(ox);
                bool whole = first == 0 && last == w.KernelWidth && rowLength <= ShortPiece;
                for (int ky = 0; ky < w.KernelHeight; ky++, rows += rowLength)
                {
                    int y = (oy * w.StrideY) - w.PaddingY + ky;
                    T* source = map + ((((long)y * w.Width) + left) * w.Lanes);
                    bool inside = y >= 0 && y < w.Height;
                    if (!(whole && inside && CopyShort(source, mapEnd, rows, rowsEnd, rowLength)))
                    {
                        CopyPiece(w, source, inside ? first : last, last, new Span<T>(rows, rowLength));
                    }
                }
            }
        }
    }

    /// <summary>Adds rows back onto the map: the adjoint of <see cref="Gather{T}"/>.</summary>
    public static void ScatterAdd<T>(WindowShape w, T* rows, T* map)
        where T : unmanaged, INumberBase<T>
    {
        int rowLength = w.KernelWidth * w.Lanes;
        for (int oy = 0; oy < w.OutHeight; oy++)
        {
            for (int ox = 0; ox < w.OutWidth; ox++)
            {
                (int left, int first, int last) = w.Columns(ox);
                for (int ky = 0; ky < w.KernelHeight; ky++, rows += rowLength)
                {
                    int y = (oy * w.StrideY) - w.PaddingY + ky;
                    if (y >= 0 && y < w.Height && first < last)
                    {
                        Add(rows + (first * w.Lanes), map + ((((long)y * w.Width) + left + first) * w.Lanes), (last - first) * w.Lanes);
                    }
                }
            }
        }
    }

    /// <summary>Sum of partial results that lie one behind the other, each element in their order.</summary>
    public static void Merge<T>(T* partials, int count, long length, T* sum, WorkSplit work)
        where T : unmanaged, INumberBase<T>
    {
        work.RunParts((int)((length + MergeLength - 1) / MergeLength), (part, _) =>
        {
            long first = (long)part * MergeLength;
            int taken = (int)Math.Min(MergeLength, length - first);
            new ReadOnlySpan<T>(partials + first, taken).CopyTo(new Span<T>(sum + first, taken));
            for (int i = 1; i < count; i++)
            {
                Add(partials + (i * length) + first, sum + first, taken);
            }
        });
    }

    /// <summary>target += source.</summary>
    public static void Add<T>(T* source, T* target, int length)
        where T : unmanaged, INumberBase<T>
    {
        int i = 0;
        for (int width = Vector<T>.Count; i <= length - width; i += width)
        {
            (Vector.Load(target + i) + Vector.Load(source + i)).Store(target + i);
        }

        for (; i < length; i++)
        {
            target[i] += source[i];
        }
    }

    // Whole vectors: what they write too much is written again by the next piece; false where there is no room for it.
    private static bool CopyShort<T>(T* source, T* sourceEnd, T* target, T* targetEnd, int length)
        where T : unmanaged
    {
        int reach = (length + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        if (source + reach > sourceEnd || target + reach > targetEnd)
        {
            return false;
        }

        for (int i = 0; i < length; i += Vector<T>.Count)
        {
            Vector.Load(source + i).Store(target + i);
        }

        return true;
    }

    // Columns [first, last) of the kernel lie inside of the map.
    private static void CopyPiece<T>(WindowShape w, T* source, int first, int last, Span<T> target)
        where T : unmanaged
    {
        if (first >= last)
        {
            target.Clear();
            return;
        }

        target[..(first * w.Lanes)].Clear();
        new ReadOnlySpan<T>(source + ((long)first * w.Lanes), (last - first) * w.Lanes).CopyTo(target[(first * w.Lanes)..]);
        target[(last * w.Lanes)..].Clear();
    }
}
