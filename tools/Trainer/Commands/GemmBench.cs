using System.Diagnostics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Commands;

/// <summary>Measures the matrix product on the shapes that training uses; one thread.</summary>
internal static class GemmBench
{
    public static unsafe double GigaFlops(GemmSize size, bool transposed, double seconds)
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
            TimeSpan start = CpuTime();
            while ((CpuTime() - start).TotalSeconds < seconds)
            {
                Gemm.Multiply(view, pb, size.Columns, pc, size.Columns, size, false, panel);
                runs++;
            }

            double used = (CpuTime() - start).TotalSeconds;
            return 2e-9 * size.Rows * size.Columns * size.Depth * runs / used;
        }
    }

    // CPU time of the process, not wall time: the machine is shared.
    private static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;
}
