using System.Collections.Concurrent;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Splits work over threads in pieces that do not depend on their number, so that it never changes a bit. A sum over images is split into chunks of
/// <see cref="ChunkImages"/>: the chunk, not the thread, owns its partial sum, and partial sums are merged in chunk order. What images have no
/// part in each other's results is split finer, and what is no work of images into parts that write apart. Each thread takes the next piece
/// when it is done with one: a core that something else slows down takes fewer.
/// </summary>
public sealed class WorkSplit(int threads)
{
    /// <summary>Images of one chunk; part of the definition of the arithmetic, so a constant.</summary>
    public const int ChunkImages = 16;

    /// <summary>Images of a piece where more would gain nothing: few, so that no thread waits long for the last one.</summary>
    public const int FewImages = 4;

    // One core is the caller's.
    private readonly LingeringThread[] others = [.. Enumerable.Range(1, threads - 1).Select(i => new LingeringThread(lingers: i < Environment.ProcessorCount))];
    private readonly ConcurrentBag<Scratch> idle = [];

    public int Threads { get; } = threads;

    /// <summary>Memory that the pieces of one call share, such as their partial sums; not to be held between calls.</summary>
    public Scratch Shared { get; } = new();

    public static int Chunks(int images) => Pieces(images, ChunkImages);

    /// <summary>Whether a chunk begins at an image.</summary>
    public static bool BeginsChunk(int image) => image % ChunkImages == 0;

    /// <summary>Pieces of at most <paramref name="length"/> that make up a whole.</summary>
    public static int Pieces(int whole, int length) => (whole + length - 1) / length;

    /// <summary>Calls <paramref name="body"/>(chunk, first image, images, scratch) once per chunk, in any order.</summary>
    public void Run(int images, Action<int, int, int, Scratch> body) => RunParts(Chunks(images), (chunk, scratch) =>
    {
        int first = chunk * ChunkImages;
        body(chunk, first, Math.Min(ChunkImages, images - first), scratch);
    });

    /// <summary>Calls <paramref name="body"/>(first image, images, scratch), at most <see cref="FewImages"/> each, in any order: for work in which images have no part in each other's results.</summary>
    public void RunImages(int images, Action<int, int, Scratch> body) => RunParts(Pieces(images, FewImages), (piece, scratch) =>
    {
        int first = piece * FewImages;
        body(first, Math.Min(FewImages, images - first), scratch);
    });

    /// <summary>Calls <paramref name="body"/>(part, scratch) once per part, in any order; the parts in the middle are begun last.</summary>
    public void RunParts(int parts, Action<int, Scratch> body) => new SharedParts(parts, body, idle).Run(others);
}
