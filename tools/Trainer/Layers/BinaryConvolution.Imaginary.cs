using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>The gradient that a learned imaginary part needs: half of the input lanes, half of the products.</summary>
public sealed unsafe partial class BinaryConvolution<T>
{
    /// <summary>Sets <paramref name="dx"/>, [image][y][x][Cin], to the gradient of the imaginary lanes of the input.</summary>
    public void ImaginaryGradient(FeatureBatch<T> dy, AlignedBuffer<T> dx, WorkSplit work)
    {
        using var matrix = new AlignedBuffer<T>(2L * Shape.Weights);
        PickImaginary(matrix.Data);
        T* weight = matrix.Data;
        products.RunGroups(dy.Count, work, (first, images, scratch) => ImaginaryGroup(dy, weight, dx.Data, first, images, scratch));
    }

    // [2Cout, T]: columns (ky*Kw + kx)*Cin + c of the imaginary lanes.
    private void PickImaginary(T* matrix)
    {
        int channels = Shape.Input.Channels;
        T* from = weights.Transposed + channels;
        for (int run = 0; run < 2 * Shape.OutputChannels * Shape.KernelHeight * Shape.KernelWidth; run++, from += 2 * channels, matrix += channels)
        {
            new ReadOnlySpan<T>(from, channels).CopyTo(new Span<T>(matrix, channels));
        }
    }

    private void ImaginaryGroup(FeatureBatch<T> dy, T* matrix, T* dx, int first, int images, Scratch scratch)
    {
        WindowShape window = Shape.Window with { Lanes = Shape.Input.Channels };
        int columns = 2 * Shape.OutputChannels;
        int pixels = images * window.OutPixels;
        int length = Shape.Input.Pixels * Shape.Input.Channels;
        T* sums = Unpooled(dy, first, images, scratch);
        T* panel = scratch.Take<T>(3, Gemm.PanelLength<T>(window.RowLength));
        T* rows = scratch.Take<T>(2, (long)pixels * window.RowLength);
        Gemm.Multiply(new(sums, columns, 1), matrix, window.RowLength, rows, window.RowLength, new(pixels, window.RowLength, columns), false, panel);
        for (int i = 0; i < images; i++)
        {
            T* target = dx + ((long)(first + i) * length);
            new Span<T>(target, length).Clear();
            PatchRows.ScatterAdd(window, rows + ((long)i * window.OutPixels * window.RowLength), target);
        }
    }
}
