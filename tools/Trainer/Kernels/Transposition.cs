namespace BcnnSim.Trainer.Kernels;

/// <summary>Transpose of a matrix, in squares that stay in the first-level cache.</summary>
internal static unsafe class Transposition
{
    private const int Block = 32;

    /// <summary><paramref name="to"/> [columns, rows] from <paramref name="from"/> [rows, columns].</summary>
    public static void Run<T>(T* from, int rows, int columns, T* to, WorkSplit work)
        where T : unmanaged
    {
        work.RunParts(WorkSplit.Pieces(columns, Block), (part, _) =>
        {
            int first = part * Block, last = Math.Min(first + Block, columns);
            for (int r = 0; r < rows; r += Block)
            {
                Turn(from, rows, columns, to, r, Math.Min(r + Block, rows), first, last);
            }
        });
    }

    private static void Turn<T>(T* from, int rows, int columns, T* to, int firstRow, int lastRow, int firstColumn, int lastColumn)
        where T : unmanaged
    {
        for (int c = firstColumn; c < lastColumn; c++)
        {
            T* target = to + ((long)c * rows);
            for (int r = firstRow; r < lastRow; r++)
            {
                target[r] = from[((long)r * columns) + c];
            }
        }
    }
}
