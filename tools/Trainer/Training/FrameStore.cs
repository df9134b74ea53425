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
    private readonly byte[] outside;

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
        outside = [.. Enumerable.Repeat((byte)0, source.Channels), .. Enumerable.Repeat((byte)((top + 1) / 2), source.Channels)];
        Parallel.For(0, indices.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, i => frames[i] = Read(source, indices[i]));
    }

    public MapShape Shape { get; }

    public int Classes { get; }

    public int Count => frames.Length;

    public int[] Labels { get; }

    /// <summary>SNR in dB for radio bursts.</summary>
    public float[] Tags { get; }

    /// <summary>Loads frames shifted and flipped at random; what comes in from outside is pixel 0.</summary>
    public unsafe void Load(ReadOnlySpan<int> indices, FeatureBatch<float> target, Span<int> labels, CropAndFlip augmentation)
    {
        target.Count = indices.Length;
        int lanes = target.Lanes;
        for (int n = 0; n < indices.Length; n++)
        {
            (int down, int right, bool flip) = augmentation.Draw(indices[n]);
            byte[] frame = frames[indices[n]];
            float* pixel = target.Image(n);
            for (int y = 0; y < Shape.Height; y++)
            {
                int fromY = CropAndFlip.Origin(y, down, false, Shape.Height);
                for (int x = 0; x < Shape.Width; x++, pixel += lanes)
                {
                    int fromX = CropAndFlip.Origin(x, right, flip, Shape.Width);
                    bool inside = fromY >= 0 && fromY < Shape.Height && fromX >= 0 && fromX < Shape.Width;
                    ReadOnlySpan<byte> values = inside ? frame.AsSpan(((fromY * Shape.Width) + fromX) * lanes, lanes) : outside;
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        pixel[lane] = grid[values[lane]];
                    }
                }
            }

            labels[n] = Labels[indices[n]];
        }
    }

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
