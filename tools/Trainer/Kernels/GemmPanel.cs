namespace BcnnSim.Trainer.Kernels;

/// <summary>Packs rows of B into column panels [panel][k][tile], zero beyond the last column.</summary>
internal static unsafe class GemmPanel
{
    public static void Pack<T>(T* b, int rowStride, int depth, int columns, T* panel)
        where T : unmanaged
    {
        int tile = GemmTile.Columns<T>();
        for (int n0 = 0; n0 < columns; n0 += tile)
        {
            int width = Math.Min(tile, columns - n0);
            T* target = panel + ((long)n0 * depth);
            for (int k = 0; k < depth; k++)
            {
                var row = new Span<T>(target + ((long)k * tile), tile);
                new ReadOnlySpan<T>(b + ((long)k * rowStride) + n0, width).CopyTo(row);
                row[width..].Clear();
            }
        }
    }
}
