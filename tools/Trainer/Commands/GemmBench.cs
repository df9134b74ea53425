using System.Diagnostics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Commands;

/// <summary>Measures the matrix product on the shapes that training uses.</summary>
internal static class GemmBench
{
    /// <summary>By the CPU time of the process, not wall time: the machine is shared. One thread.</summary>
    public static double GigaFlops(GemmSize size, bool transposed, double seconds) =>
        2e-9 * size.Rows * size.Columns * size.Depth * PerSecond(size, transposed, seconds, () => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);

    /// <summary>
    /// What a second thread gains by the clock where there is nothing to wait for: each multiplies its own matrices, which should fit the
    /// caches of a core. What this machine gives, beside what a training step makes of it.
    /// </summary>
    public static double SecondThread(GemmSize size, double seconds)
    {
        double Measured() => PerSecond(size, false, seconds, () => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);
        double alone = Measured();
        var other = Task.Factory.StartNew(Measured, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return (Measured() + other.GetAwaiter().GetResult()) / alone;
    }

    /// <summary>Products per second of a clock.</summary>
    private static unsafe double PerSecond(GemmSize size, bool transposed, double seconds, Func<double> clock)
    {
        var a = new float[size.Rows * size.Depth];
        var b = new float[size.Depth * size.Columns];
        var c = new float[size.Rows * size.Columns];
        Array.Fill(a, 1f);
        Array.Fill(b, 1f);
        long runs = 0;
        fixed (float* pa = a, pb = b, pc = c, panel = new float[Gemm.PanelLength<float>(size.Columns)])
        {
            MatrixView<float> view = transposed ? new(pa, 1, size.Rows) : new(pa, size.Depth, 1);
            double start = clock();
            double used;
            do
            {
                Gemm.Multiply(view, pb, size.Columns, pc, size.Columns, size, false, panel);
                runs++;
                used = clock() - start;
            }
            while (used < seconds);
            return runs / used;
        }
    }
}
