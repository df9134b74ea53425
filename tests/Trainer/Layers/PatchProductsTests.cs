using System.Collections.Concurrent;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers;

public sealed class PatchProductsTests
{
    public static IEnumerable<object[]> Batches =>
        from pixels in (int[])[1, 72, 150, 600]
        from images in (int[])[0, 1, 16, 37, 40]
        from threads in (int[])[1, 3]
        select (object[])[pixels, images, threads];

    /// <summary>Every image once for each kind of work; the groups of a chunk rise and stay within it.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void Groups_cover_the_batch_once_and_a_chunk_in_order(int pixels, int images, int threads)
    {
        using PatchProducts<float> products = Of(pixels);
        ConcurrentQueue<(int First, int Images)> alone = new();
        ConcurrentQueue<(int Chunk, int First, int Images)> summed = new();
        products.RunGroups(
            images, new WorkSplit(threads), (first, count, _) => alone.Enqueue((first, count)), (chunk, first, count, _) => summed.Enqueue((chunk, first, count)));
        Assert.Equal(Enumerable.Range(0, images), alone.OrderBy(g => g.First).SelectMany(g => Enumerable.Range(g.First, g.Images)));
        foreach (IGrouping<int, (int Chunk, int First, int Images)> chunk in summed.GroupBy(g => g.Chunk))
        {
            int first = chunk.Key * WorkSplit.ChunkImages;
            Assert.Equal(Enumerable.Range(first, Math.Min(WorkSplit.ChunkImages, images - first)), chunk.SelectMany(g => Enumerable.Range(g.First, g.Images)));
            Assert.Equal(chunk.Select(g => g.First == first), chunk.Select(g => WorkSplit.BeginsChunk(g.First)));
        }

        Assert.Equal(WorkSplit.Chunks(images), summed.Select(g => g.Chunk).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Either_kind_of_work_may_be_left_out(bool chunks)
    {
        using PatchProducts<float> products = Of(150);
        int seen = 0;
        products.RunGroups(
            37, new WorkSplit(3), chunks ? null : (_, count, _) => Interlocked.Add(ref seen, count), chunks ? (_, _, count, _) => Interlocked.Add(ref seen, count) : null);
        Assert.Equal(37, seen);
    }

    [Theory]
    [InlineData(1, 53)]
    [InlineData(600, 53)]
    [InlineData(150, 16)]
    [InlineData(150, 1)]
    public void Each_kind_of_work_meets_every_image_once_and_chunks_meet_their_own(int pixels, int images)
    {
        using PatchProducts<float> products = Of(pixels);
        int[] met = new int[images], metByChunks = new int[images];
        void Meet(int[] which, int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                Interlocked.Increment(ref which[i]);
            }
        }

        products.RunGroups(images, new WorkSplit(2), (first, count, _) => Meet(met, first, count), (chunk, first, count, _) =>
        {
            Meet(metByChunks, first, count);
            Assert.Equal((chunk, chunk), (first / WorkSplit.ChunkImages, (first + count - 1) / WorkSplit.ChunkImages));
        });
        Assert.All(met.Concat(metByChunks), times => Assert.Equal(1, times));
    }

    /// <summary>Groups decide how sums of weight gradients round: they must not move with the threads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    [InlineData(600)]
    public void Groups_do_not_depend_on_the_threads(int pixels) => Assert.Equal(Groups(pixels, 1), Groups(pixels, 4));

    private static IEnumerable<(int Chunk, int First, int Images)> Groups(int pixels, int threads)
    {
        using PatchProducts<float> products = Of(pixels);
        ConcurrentBag<(int, int, int)> groups = [];
        products.RunGroups(53, new WorkSplit(threads), null, (chunk, first, count, _) => groups.Add((chunk, first, count)));
        return groups.Order();
    }

    private static PatchProducts<float> Of(int pixels) => new(new WindowShape(1, pixels, 1, 1, 1, 1, 1, 0, 0), 4);
}
