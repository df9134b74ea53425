using System.Numerics;
using System.Runtime.Intrinsics;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// One register tile of C, of the widest vectors the processor has. A narrower tile takes the sums in the same order with the same
/// operations: the bits do not depend on which one it is.
/// </summary>
internal static unsafe class GemmTile
{
    /// <summary>Rows of the tile.</summary>
    public static int Rows => Vector512.IsHardwareAccelerated ? GemmTile512.Rows : GemmTile256.Rows;

    /// <summary>Columns of the tile: two vectors.</summary>
    public static int Columns<T>()
        where T : unmanaged => 2 * (Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256<T>.Count);

    /// <summary>C (+)= A panel; <paramref name="size"/> is at most a tile.</summary>
    public static void Run<T>(MatrixView<T> a, T* panel, T* c, int rowStrideC, GemmSize size, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int columns = Columns<T>();
        if (size.Rows == Rows && size.Columns == columns)
        {
            Tile(a, panel, c, rowStrideC, size.Depth, add, Rows, half: false);
            return;
        }

        // A partial tile works on a copy; rows that do not exist repeat row 0 and are dropped.
        T* edge = stackalloc T[Rows * columns];
        for (int m = 0; add && m < size.Rows; m++)
        {
            new ReadOnlySpan<T>(c + ((long)m * rowStrideC), size.Columns).CopyTo(new Span<T>(edge + (m * columns), size.Columns));
        }

        Tile(a, panel, edge, columns, size.Depth, add, size.Rows, half: 2 * size.Columns <= columns);
        for (int m = 0; m < size.Rows; m++)
        {
            new ReadOnlySpan<T>(edge + (m * columns), size.Columns).CopyTo(new Span<T>(c + ((long)m * rowStrideC), size.Columns));
        }
    }

    private static void Tile<T>(MatrixView<T> a, T* panel, T* c, int stride, int depth, bool add, int rows, bool half)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (Vector512.IsHardwareAccelerated, half)
        {
            case (true, true): GemmTile512.RunHalf(a, panel, c, stride, depth, add, rows); break;
            case (true, false): GemmTile512.Run(a, panel, c, stride, depth, add, rows); break;
            case (false, true): GemmTile256.RunHalf(a, panel, c, stride, depth, add, rows); break;
            case (false, false): GemmTile256.Run(a, panel, c, stride, depth, add, rows); break;
        }
    }
}
