using System.Numerics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Blocked matrix product C[M,N] (+)= A[M,K] B[K,N] for float and double. A is read through two strides, so a transposed A
/// costs nothing; B is packed into column panels. Every element of C is summed over k in rising order by one thread
/// (fused multiply-add, blocks of <see cref="DepthBlock"/>), so the result has the same bits for any number of threads.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>k of one block: a 128 x 32 panel of floats is half of a 32 KiB first-level cache. Part of the order of sums.</summary>
    public const int DepthBlock = 128;

    /// <summary>Elements of the panel buffer that a product with N columns needs.</summary>
    public static long PanelLength<T>(int columns)
        where T : unmanaged => ((long)columns + GemmTile.Columns<T>() - 1) / GemmTile.Columns<T>() * GemmTile.Columns<T>() * DepthBlock;

    /// <summary>One thread. <paramref name="panel"/> holds at least <see cref="PanelLength{T}"/> elements.</summary>
    public static void Multiply<T>(MatrixView<T> a, T* b, int rowStrideB, T* c, int rowStrideC, GemmSize size, bool accumulate, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int k0 = 0; k0 < size.Depth; k0 += DepthBlock)
        {
            int depth = Math.Min(DepthBlock, size.Depth - k0);
            GemmPanel.Pack(b + ((long)k0 * rowStrideB), rowStrideB, depth, size.Columns, panel);
            MatrixView<T> block = new(a.Data + ((long)k0 * a.DepthStride), a.RowStride, a.DepthStride);
            Block(block, panel, c, rowStrideC, size with { Depth = depth }, accumulate || k0 > 0);
        }
    }

    /// <summary>Elements of a whole B packed once.</summary>
    public static long PackedLength<T>(int columns, int depth)
        where T : unmanaged => PanelLength<T>(columns) / DepthBlock * depth;

    /// <summary>Packs a whole B for <see cref="MultiplyPacked{T}"/>.</summary>
    public static void Pack<T>(T* b, int rowStrideB, int columns, int depth, T* packed, WorkSplit work)
        where T : unmanaged =>
        work.RunParts(WorkSplit.Pieces(depth, DepthBlock), (part, _) =>
        {
            int k0 = part * DepthBlock;
            GemmPanel.Pack(b + ((long)k0 * rowStrideB), rowStrideB, Math.Min(DepthBlock, depth - k0), columns, packed + PackedLength<T>(columns, k0));
        });

    /// <summary>One thread, B packed before: worth it where few rows meet a large B, or many products the same one. The same bits.</summary>
    public static void MultiplyPacked<T>(MatrixView<T> a, T* packed, T* c, int rowStrideC, GemmSize size, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int k0 = 0; k0 < size.Depth; k0 += DepthBlock)
        {
            MatrixView<T> block = new(a.Data + ((long)k0 * a.DepthStride), a.RowStride, a.DepthStride);
            GemmSize part = size with { Depth = Math.Min(DepthBlock, size.Depth - k0) };
            Block(block, packed + PackedLength<T>(size.Columns, k0), c, rowStrideC, part, accumulate || k0 > 0);
        }
    }

    /// <summary>Rows of C split over threads in whole tiles.</summary>
    public static void Multiply<T>(MatrixView<T> a, T* b, int rowStrideB, T* c, int rowStrideC, GemmSize size, bool accumulate, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int block = WorkSplit.Pieces(WorkSplit.Pieces(size.Rows, GemmTile.Rows), threads) * GemmTile.Rows;
        T* dataA = a.Data;
        Parallel.For(0, WorkSplit.Pieces(size.Rows, Math.Max(block, 1)), new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            int first = part * block;
            var rows = new GemmSize(Math.Min(block, size.Rows - first), size.Columns, size.Depth);
            fixed (T* panel = new T[PanelLength<T>(size.Columns)])
            {
                MatrixView<T> view = new(dataA + ((long)first * a.RowStride), a.RowStride, a.DepthStride);
                Multiply(view, b, rowStrideB, c + ((long)first * rowStrideC), rowStrideC, rows, accumulate, panel);
            }
        });
    }

    // One block of k, from its packed panel.
    private static void Block<T>(MatrixView<T> a, T* panel, T* c, int rowStrideC, GemmSize size, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int tile = GemmTile.Columns<T>();
        for (int n0 = 0; n0 < size.Columns; n0 += tile)
        {
            T* strip = panel + ((long)n0 * size.Depth);
            int columns = Math.Min(tile, size.Columns - n0);
            for (int m0 = 0; m0 < size.Rows; m0 += GemmTile.Rows)
            {
                int rows = Math.Min(GemmTile.Rows, size.Rows - m0);
                MatrixView<T> start = new(a.Data + ((long)m0 * a.RowStride), a.RowStride, a.DepthStride);
                GemmTile.Run(start, strip, c + ((long)m0 * rowStrideC) + n0, rowStrideC, new(rows, columns, size.Depth), add);
            }
        }
    }
}
