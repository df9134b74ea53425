using System.Diagnostics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Commands;

/// <summary>Measures the matrix product on the shapes that training uses.</summary>
internal static class GemmBench
{
    /// <summary>Operands, product and panel of 1.6 MB: they stay in the second-level cache of a core where that holds 2 MB.</summary>
    public static GemmSize CacheSized => new(1024, 64, 288);

    /// <summary>10^9 floating-point operations per second of CPU time, one thread.</summary>
    public static double GigaFlops(GemmSize size, bool transposed, double seconds)
    {
        double perSecond = PerSecond(size, transposed, seconds, CpuSeconds, () => { });
        return 2e-9 * size.Rows * size.Columns * size.Depth * perSecond;
    }

    /// <summary>CPU time of the process, not wall time: the machine is shared.</summary>
    public static double CpuSeconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Runs per second of a clock.</summary>
    public static double PerSecond(Action run, double seconds, Func<double> clock)
    {
        long runs = 0;
        double start = clock();
        double used;
        do
        {
            run();
            runs++;
            used = clock() - start;
        }
        while (used < seconds);
        return runs / used;
    }

    /// <summary>
    /// What a second thread gains by the clock where there is nothing to wait for: each multiplies its own matrices, <see cref="CacheSized"/>.
    /// What this machine gives, beside what a training step makes of it.
    /// </summary>
    public static double SecondThreadGain(double seconds)
    {
        double alone = Products(() => { });
        using var both = new Barrier(2);
        void Meet() => both.SignalAndWait();
        var other = Task.Factory.StartNew(() => Products(Meet), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return (Products(Meet) + other.GetAwaiter().GetResult()) / alone;

        double Products(Action begin) => PerSecond(CacheSized, false, seconds, () => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency, begin);
    }

    /// <summary>Products per second of a clock, from <paramref name="begin"/> on, which is called when the matrices are there.</summary>
    private static unsafe double PerSecond(GemmSize size, bool transposed, double seconds, Func<double> clock, Action begin)
    {
        var a = new float[size.Rows * size.Depth];
        var b = new float[size.Depth * size.Columns];
        var c = new float[size.Rows * size.Columns];
        Array.Fill(a, 1f);
        Array.Fill(b, 1f);
        fixed (float* pa = a, pb = b, pc = c, panel = new float[Gemm.PanelLength<float>(size.Columns)])
        {
            MatrixView<float> view = transposed ? new(pa, 1, size.Rows) : new(pa, size.Depth, 1);
            (nint right, nint result, nint packed) = ((nint)pb, (nint)pc, (nint)panel);
            begin();
            return PerSecond(() => Gemm.Multiply(view, (float*)right, size.Columns, (float*)result, size.Columns, size, false, (float*)packed), seconds, clock);
        }
    }
}
