using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The matrix products of a convolution over a group of images: patches [pixels, K] times weights [K, N], and the adjoint for
/// the input. Weights are packed once per change, for all groups of the steps that use them.
/// </summary>
internal sealed unsafe class PatchProducts<T>(WindowShape window, int columns) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Rows of one product: enough to reuse a packed panel, few enough to stay in the second-level cache.
    private const int RowsPerProduct = 512;

    private readonly AlignedBuffer<T> forward = new(Gemm.PackedLength<T>(columns, window.RowLength));
    private readonly AlignedBuffer<T> backward = new(Gemm.PackedLength<T>(window.RowLength, columns));

    /// <summary>Images of one product.</summary>
    public int ImagesPerProduct { get; } = Math.Max(1, RowsPerProduct / window.OutPixels);

    /// <summary>Images of a piece of work that knows one image at a time: whole products, and few enough to share them out evenly.</summary>
    public int ImagesPerPiece => Math.Clamp(ImagesPerProduct, WorkSplit.FewImages, WorkSplit.ChunkImages);

    private int ImageLength => window.Height * window.Width * window.Lanes;

    /// <summary>Takes the weights [K, N] and [N, K].</summary>
    public void Load(T* matrix, T* transposed, WorkSplit work)
    {
        Gemm.Pack(matrix, columns, columns, window.RowLength, forward.Data, work);
        Gemm.Pack(transposed, window.RowLength, window.RowLength, columns, backward.Data, work);
    }

    /// <summary>Sums [pixels, N] of images that lie one behind the other.</summary>
    public void Forward(T* x, T* sums, int images, Scratch scratch)
    {
        var size = new GemmSize(images * window.OutPixels, columns, window.RowLength);
        Gemm.MultiplyPacked(new(Patches(x, images, scratch), window.RowLength, 1), forward.Data, sums, columns, size, false);
    }

    /// <summary>Gradient of the input from that of the sums; <paramref name="add"/> adds to it.</summary>
    public void Backward(T* sums, T* dx, int images, Scratch scratch, bool add)
    {
        int pixels = images * window.OutPixels;
        T* target = window.IsIdentity ? dx : scratch.Take<T>(2, (long)pixels * window.RowLength);
        Gemm.MultiplyPacked(new(sums, columns, 1), backward.Data, target, window.RowLength, new(pixels, window.RowLength, columns), add && window.IsIdentity);
        for (int i = 0; !window.IsIdentity && i < images; i++)
        {
            T* image = dx + ((long)i * ImageLength);
            if (!add)
            {
                new Span<T>(image, ImageLength).Clear();
            }

            PatchRows.ScatterAdd(window, target + ((long)i * window.OutPixels * window.RowLength), image);
        }
    }

    /// <summary>Patch rows [pixels, K]; the map itself where it is its own patch matrix.</summary>
    public T* Patches(T* x, int images, Scratch scratch)
    {
        if (window.IsIdentity)
        {
            return x;
        }

        long length = (long)window.OutPixels * window.RowLength;
        T* rows = scratch.Take<T>(0, images * length);
        for (int i = 0; i < images; i++)
        {
            PatchRows.Gather(window, x + ((long)i * ImageLength), rows + (i * length));
        }

        return rows;
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
    }
}
