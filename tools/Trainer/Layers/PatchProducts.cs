using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// The matrix products of a convolution over a group of images: patches [pixels, K] times weights [K, N], and the adjoint for
/// the input. Weights are packed once per change, for all groups of the steps that use them. A batch is shared out in groups that the
/// shapes alone decide, never the threads.
/// </summary>
internal sealed unsafe class PatchProducts<T>(WindowShape window, int columns) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Rows of one product: enough to reuse a packed panel, few enough to stay in the second-level cache. It decides in which groups the
    // images of a chunk are summed, so it is part of the definition of the arithmetic.
    private const int RowsPerProduct = 512;

    private readonly AlignedBuffer<T> forward = new(Gemm.PackedLength<T>(columns, window.RowLength));
    private readonly AlignedBuffer<T> backward = new(Gemm.PackedLength<T>(window.RowLength, columns));
    private readonly SignProducts signs = new(window, columns);

    // Images of one product.
    private int ImagesPerProduct { get; } = Math.Max(1, RowsPerProduct / window.OutPixels);

    // Images of a piece where images have no part in each other's results: half a product of small maps, a few of large ones, and few enough to share
    // them out evenly.
    private int ImagesPerPiece => Math.Clamp(ImagesPerProduct / 2, WorkSplit.FewImages, WorkSplit.ChunkImages);

    private int ImageLength => window.Height * window.Width * window.Lanes;

    /// <summary>Takes the weights [K, N] and [N, K].</summary>
    public void Load(T* matrix, T* transposed, WorkSplit work)
    {
        Gemm.Pack(matrix, columns, columns, window.RowLength, forward.Data, work);
        Gemm.Pack(transposed, window.RowLength, window.RowLength, columns, backward.Data, work);
        if (typeof(T) == typeof(float))
        {
            signs.Load((float*)transposed, work);
        }
    }

    /// <summary>
    /// Shares out a batch in groups of images, each of one product. Both kinds of work run at the same time and must write apart; of their
    /// scratch memory, slots 0 and 2 belong to <see cref="Patches"/> and <see cref="Backward"/>.
    /// </summary>
    /// <param name="images">Of the batch.</param>
    /// <param name="work">Threads.</param>
    /// <param name="group">(first image, images, scratch): work in which images have no part in each other's results; null for none.</param>
    /// <param name="groupOfChunk">(chunk, first image, images, scratch): sums over images, the groups of a chunk in order, by one thread; null for none.</param>
    public void RunGroups(int images, WorkSplit work, Action<int, int, Scratch>? group, Action<int, int, int, Scratch>? groupOfChunk = null)
    {
        int chunks = groupOfChunk is null ? 0 : WorkSplit.Chunks(images), before = WorkSplit.Pieces(chunks, 2);
        int pieces = group is null ? 0 : WorkSplit.Pieces(images, ImagesPerPiece);

        // Chunks at both ends, which are begun first: the short pieces fill what is left at the end.
        work.RunParts(chunks + pieces, (part, scratch) =>
        {
            bool ofChunk = part < before || part >= before + pieces;
            int index = part < before ? part : part - (ofChunk ? pieces : before);
            int length = ofChunk ? WorkSplit.ChunkImages : ImagesPerPiece, first = index * length;
            int end = Math.Min(images, first + length);
            for (int i = first; i < end; i += ImagesPerProduct)
            {
                int count = Math.Min(ImagesPerProduct, end - i);
                if (ofChunk)
                {
                    groupOfChunk!(index, i, count, scratch);
                }
                else
                {
                    group!(i, count, scratch);
                }
            }
        });
    }

    /// <summary>Sums [pixels, N] of images that lie one behind the other.</summary>
    public void Forward(T* x, T* sums, int images, Scratch scratch)
    {
        if (typeof(T) == typeof(float) && signs.TryForward((float*)x, (float*)sums, images, scratch))
        {
            return;
        }

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
        signs.Dispose();
    }
}
