using System.Numerics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Blocked matrix product C[M,N] (+)= A[M,K] B[K,N] for float and double. A is read through two strides, so a transposed A
/// costs nothing; B is packed into column panels. Every element of C is summed over k in rising order by one thread
/// (fused multiply-add, blocks of <see cref="DepthBlock"/>), so the result has the same bits for any number of threads.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>Rows of the register tile.</summary>
    public const int RowTile = 8;

    /// <summary>k of one block: a 128 x 32 panel of floats is half of a 32 KiB first-level cache.</summary>
    public const int DepthBlock = 128;

    /// <summary>Columns of the register tile: two 512-bit vectors.</summary>
    public static int ColumnTile<T>()
        where T : unmanaged => 2 * System.Runtime.Intrinsics.Vector512<T>.Count;

    /// <summary>Elements of the panel buffer that a product with N columns needs.</summary>
    public static int PanelLength<T>(int columns)
        where T : unmanaged => (columns + ColumnTile<T>() - 1) / ColumnTile<T>() * ColumnTile<T>() * DepthBlock;

    /// <summary>One thread. <paramref name="panel"/> holds at least <see cref="PanelLength{T}"/> elements.</summary>
    public static void Multiply<T>(MatrixView<T> a, T* b, int rowStrideB, T* c, int rowStrideC, GemmSize size, bool accumulate, T* panel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int tile = ColumnTile<T>();
        for (int k0 = 0; k0 < size.Depth; k0 += DepthBlock)
        {
            int depth = Math.Min(DepthBlock, size.Depth - k0);
            GemmPanel.Pack(b + ((long)k0 * rowStrideB), rowStrideB, depth, size.Columns, panel);
            bool add = accumulate || k0 > 0;
            for (int n0 = 0; n0 < size.Columns; n0 += tile)
            {
                T* strip = panel + ((long)n0 * depth);
                int columns = Math.Min(tile, size.Columns - n0);
                for (int m0 = 0; m0 < size.Rows; m0 += RowTile)
                {
                    int rows = Math.Min(RowTile, size.Rows - m0);
                    T* start = a.Data + ((long)m0 * a.RowStride) + ((long)k0 * a.DepthStride);
                    GemmTile.Run(new(start, a.RowStride, a.DepthStride), strip, c + ((long)m0 * rowStrideC) + n0, rowStrideC, new(rows, columns, depth), add);
                }
            }
        }
    }

    /// <summary>Rows of C split over threads in whole tiles.</summary>
    public static void Multiply<T>(MatrixView<T> a, T* b, int rowStrideB, T* c, int rowStrideC, GemmSize size, bool accumulate, int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int tiles = (size.Rows + RowTile - 1) / RowTile;
        int block = (tiles + threads - 1) / threads * RowTile;
        T* dataA = a.Data;
        Parallel.For(0, (size.Rows + block - 1) / Math.Max(block, 1), new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
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
}
