using System.Numerics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// im2col and its adjoint for maps stored pixel by pixel: one row per output pixel, columns (ky*Kw + kx)*lanes + lane.
/// A tap outside the map is 0: padding is applied after binarization.
/// </summary>
public static unsafe class PatchRows
{
    /// <summary>Map [H, W, lanes] to rows [output pixels, Kh*Kw*lanes].</summary>
    public static void Gather<T>(WindowShape w, T* map, T* rows)
        where T : unmanaged
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
                    var target = new Span<T>(rows, rowLength);
                    if (y < 0 || y >= w.Height || first >= last)
                    {
                        target.Clear();
                        continue;
                    }

                    target[..(first * w.Lanes)].Clear();
                    new ReadOnlySpan<T>(map + ((((long)y * w.Width) + left + first) * w.Lanes), (last - first) * w.Lanes).CopyTo(target[(first * w.Lanes)..]);
                    target[(last * w.Lanes)..].Clear();
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
}
