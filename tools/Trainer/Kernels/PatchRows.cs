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
        (int outHeight, int outWidth) = (w.OutHeight, w.OutWidth);
        bool fits = w.KernelWidth * w.Lanes <= ShortPiece;
        T* mapEnd = map + ((long)w.Height * w.Width * w.Lanes);
        T* rowsEnd = rows + ((long)w.OutPixels * w.RowLength);
        for (int oy = 0; oy < outHeight; oy++)
        {
            int top = (oy * w.StrideY) - w.PaddingY;
            bool tall = fits && top >= 0 && top + w.KernelHeight <= w.Height;
            for (int ox = 0; ox < outWidth; ox++, rows += w.RowLength)
            {
                (int left, int first, int last) = w.Columns(ox);
                T* corner = map + ((((long)top * w.Width) + left) * w.Lanes);
                if (!(tall && last - first == w.KernelWidth && CopyShort(w, corner, mapEnd, rows, rowsEnd)))
                {
                    CopyWindow(w, corner, top, (first, last), rows);
                }
            }
        }
    }

    /// <summary>Adds rows back onto the map: the adjoint of <see cref="Gather{T}"/>.</summary>
    public static void ScatterAdd<T>(WindowShape w, T* rows, T* map)
        where T : unmanaged, INumberBase<T>
    {
        int rowLength = w.KernelWidth * w.Lanes;
        (int outHeight, int outWidth) = (w.OutHeight, w.OutWidth);
        for (int oy = 0; oy < outHeight; oy++)
        {
            for (int ox = 0; ox < outWidth; ox++)
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

    // A window inside of the map in whole vectors: what they write too much is written again by the next piece; false where there is no room
    // for it behind the last one.
    private static bool CopyShort<T>(WindowShape w, T* source, T* sourceEnd, T* target, T* targetEnd)
        where T : unmanaged
    {
        int length = w.KernelWidth * w.Lanes, stride = w.Width * w.Lanes, lastRow = w.KernelHeight - 1;
        int reach = (length + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        if (source + ((long)lastRow * stride) + reach > sourceEnd || target + ((long)lastRow * length) + reach > targetEnd)
        {
            return false;
        }

        for (int ky = 0; ky <= lastRow; ky++, source += stride, target += length)
        {
            for (int i = 0; i < length; i += Vector<T>.Count)
            {
                Vector.Load(source + i).Store(target + i);
            }
        }

        return true;
    }

    private static void CopyWindow<T>(WindowShape w, T* source, int top, (int First, int Last) columns, T* target)
        where T : unmanaged
    {
        int length = w.KernelWidth * w.Lanes;
        for (int ky = 0; ky < w.KernelHeight; ky++, source += (long)w.Width * w.Lanes, target += length)
        {
            bool inside = top + ky >= 0 && top + ky < w.Height;
            CopyPiece(w, source, inside ? columns.First : columns.Last, columns.Last, new Span<T>(target, length));
        }
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
