using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Frames of one split in memory as P-bit integers in the trainer's layout [y][x][re | im]. Generation is pure per index, so
/// it is split over threads.
/// </summary>
public sealed class FrameStore
{
    private readonly byte[][] frames;
    private readonly float[] grid;

    /// <param name="source">Where the frames come from.</param>
    /// <param name="threads">Threads of the generation.</param>
    /// <param name="stop">Gives the generation up.</param>
    /// <param name="subset">Frames to hold, in this order; null = all.</param>
    public FrameStore(IFrameSource source, int threads, CancellationToken stop = default, int[]? subset = null)
    {
        int[] indices = subset ?? [.. Enumerable.Range(0, source.Count)];
        Shape = new MapShape(source.Height, source.Width, source.Channels);
        Classes = source.Classes;
        frames = new byte[indices.Length][];
        Labels = [.. indices.Select(source.Label)];
        Tags = [.. indices.Select(source.Tag)];
        int top = (1 << source.InputBits) - 1;
        grid = [.. Enumerable.Range(0, top + 1).Select(u => (float)((2 * u) - top))];
        Parallel.For(0, indices.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, i => frames[i] = Read(source, indices[i]));
    }

    public MapShape Shape { get; }

    public int Classes { get; }

    public int Count => frames.Length;

    public int[] Labels { get; }

    /// <summary>SNR in dB for radio bursts.</summary>
    public float[] Tags { get; }

    /// <summary>Loads frames as v = 2u - (2^P - 1); their labels go to <paramref name="labels"/>.</summary>
    public unsafe void Load(ReadOnlySpan<int> indices, FeatureBatch<float> target, Span<int> labels)
    {
        target.Count = indices.Length;
        for (int n = 0; n < indices.Length; n++)
        {
            float* image = target.Image(n);
            byte[] frame = frames[indices[n]];
            for (int i = 0; i < frame.Length; i++)
            {
                image[i] = grid[frame[i]];
            }

            labels[n] = Labels[indices[n]];
        }
    }

    private static byte[] Read(IFrameSource source, int index)
    {
        int pixels = source.Height * source.Width, channels = source.Channels;
        byte[] re = new byte[pixels * channels], im = new byte[pixels * channels];
        source.FillIntegers(index, re, im);
        var frame = new byte[2 * pixels * channels];
        for (int p = 0; p < pixels; p++)
        {
            for (int c = 0; c < channels; c++)
            {
                frame[(2 * channels * p) + c] = re[(c * pixels) + p];
                frame[(2 * channels * p) + channels + c] = im[(c * pixels) + p];
            }
        }

        return frame;
    }
}
