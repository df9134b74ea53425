using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Commands;

/// <summary>Measures the forward products of signs on layers of cc-nin.</summary>
internal static class SignBench
{
    // A look at the clock costs as much as a product.
    private const int RunsPerLook = 16;

    /// <summary>Layers four and five: 5 x 5 and 1 x 1 on 16 x 16 pixels; lanes and columns are two per complex channel.</summary>
    public static (string Use, WindowShape Window, int Columns)[] Cases { get; } =
    [
        ("forward of signs, 5x5", new(16, 16, 120, 5, 5, 1, 1, 2, 2), 248),
        ("forward of signs, 1x1", new(16, 16, 248, 1, 1, 1, 1, 0, 0), 248),
    ];

    /// <summary>
    /// 10^9 operations of the matrix product it stands for per second of CPU time, one thread, packing of the map included; null where the
    /// processor does not count bits in vectors and the matrix product runs.
    /// </summary>
    public static unsafe double? GigaOperations(WindowShape window, int columns, double seconds)
    {
        using var maps = new AlignedBuffer<float>((long)window.Height * window.Width * window.Lanes);
        using var weights = new AlignedBuffer<float>((long)columns * window.RowLength);
        using var sums = new AlignedBuffer<float>((long)window.OutPixels * columns);
        using var products = new SignProducts(window, columns);
        maps.Span.Fill(1);
        weights.Span.Fill(1);
        products.Load(weights.Data, new WorkSplit(1));
        var scratch = new Scratch();
        if (!products.TryForward(maps.Data, sums.Data, 1, scratch))
        {
            return null;
        }

        double PerSecond() => RunsPerLook * GemmBench.PerSecond(
            () =>
            {
                for (int i = 0; i < RunsPerLook; i++)
                {
                    _ = products.TryForward(maps.Data, sums.Data, 1, scratch);
                }
            },
            seconds,
            GemmBench.CpuSeconds);

        _ = PerSecond(); // until the code is compiled fully
        return 2e-9 * window.OutPixels * columns * window.RowLength * PerSecond();
    }
}
