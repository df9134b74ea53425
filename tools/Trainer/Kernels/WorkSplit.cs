using System.Collections.Concurrent;

namespace BcnnSim.Trainer.Kernels;

/// <summary>
/// Splits a batch into chunks of <see cref="ChunkImages"/> images. The chunk, not the thread, owns every partial sum, and
/// partial sums are merged in chunk order: the number of threads never changes a bit. Work that is no sum over images is cut into parts, each of
/// which writes what no other one does.
/// </summary>
public sealed class WorkSplit(int threads)
{
    /// <summary>Images of one chunk; part of the definition of the arithmetic, so a constant.</summary>
    public const int ChunkImages = 16;

    private readonly ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
    private readonly ConcurrentBag<Scratch> idle = [];

    public int Threads { get; } = threads;

    /// <summary>Memory that the chunks of one call share, such as their partial sums; not to be held between calls.</summary>
    public Scratch Shared { get; } = new();

    public static int Chunks(int images) => (images + ChunkImages - 1) / ChunkImages;

    /// <summary>Calls <paramref name="body"/>(part, scratch) once per part of a whole that does not depend on the threads, in any order.</summary>
    public void RunParts(int parts, Action<int, Scratch> body) => Run(parts * ChunkImages, (part, _, _, scratch) => body(part, scratch));

    /// <summary>Calls <paramref name="body"/>(chunk, first image, images, scratch) once per chunk, in any order.</summary>
    public void Run(int images, Action<int, int, int, Scratch> body)
    {
        int chunks = Chunks(images);
        if (Threads > 1)
        {
            Parallel.For(0, chunks, options, chunk => Run(chunk, images, body));
            return;
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Run(chunk, images, body);
        }
    }

    private void Run(int chunk, int images, Action<int, int, int, Scratch> body)
    {
        if (!idle.TryTake(out Scratch? scratch))
        {
            scratch = new Scratch();
        }

        int first = chunk * ChunkImages;
        body(chunk, first, Math.Min(ChunkImages, images - first), scratch);
        idle.Add(scratch);
    }
}
