using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
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

    /// <summary>
    /// Loads frames as v = 2u - (2^P - 1), their labels to <paramref name="labels"/>; shifted and flipped by <paramref name="augmentation"/> where
    /// given: what comes in from outside is pixel 0. On the threads of <paramref name="work"/>, or one.
    /// </summary>
    public void Load(ReadOnlySpan<int> indices, FeatureBatch<float> target, Span<int> labels, CropAndFlip? augmentation = null, WorkSplit? work = null)
    {
        target.Count = indices.Length;
        int[] order = [.. indices];
        for (int n = 0; n < order.Length; n++)
        {
            labels[n] = Labels[order[n]];
        }

        (work ?? new WorkSplit(1)).RunImages(order.Length, (first, images, _) =>
        {
            for (int n = first; n < first + images; n++)
            {
                Load(order[n], target, n, augmentation);
            }
        });
    }

    private unsafe void Load(int index, FeatureBatch<float> target, int n, CropAndFlip? augmentation)
    {
        if (augmentation is { } moves)
        {
            Move(frames[index], moves.Draw(index), target.Image(n), target.Lanes);
        }
        else
        {
            Convert(frames[index], new(target.Image(n), frames[index].Length));
        }
    }

    private void Convert(ReadOnlySpan<byte> integers, Span<float> values)
    {
        int i = 0;
        var top = new Vector<float>(-grid[0]);
        for (int width = Vector<float>.Count; i <= integers.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var bytes = new Vector<byte>(integers[i..]);
            (Vector<ushort> low, Vector<ushort> high) = (Vector.WidenLower(bytes), Vector.WidenUpper(bytes));
            Centred(Vector.WidenLower(low), top).CopyTo(values[i..]);
            Centred(Vector.WidenUpper(low), top).CopyTo(values[(i + width)..]);
            Centred(Vector.WidenLower(high), top).CopyTo(values[(i + (2 * width))..]);
            Centred(Vector.WidenUpper(high), top).CopyTo(values[(i + (3 * width))..]);
        }

        for (; i < integers.Length; i++)
        {
            values[i] = grid[integers[i]];
        }
    }

    // v = 2u - (2^P - 1), whole numbers that float holds.
    private static Vector<float> Centred(Vector<uint> u, Vector<float> top)
    {
        Vector<float> value = Vector.ConvertToSingle(Vector.AsVectorInt32(u));
        return value + value - top;
    }

    private unsafe void Move(byte[] frame, (int Down, int Right, bool Flip) move, float* pixel, int lanes)
    {
        for (int y = 0; y < Shape.Height; y++)
        {
            int fromY = CropAndFlip.Origin(y, move.Down, false, Shape.Height);
            for (int x = 0; x < Shape.Width; x++, pixel += lanes)
            {
                int fromX = CropAndFlip.Origin(x, move.Right, move.Flip, Shape.Width);
                bool inside = fromY >= 0 && fromY < Shape.Height && fromX >= 0 && fromX < Shape.Width;
                Convert(inside ? frame.AsSpan(((fromY * Shape.Width) + fromX) * lanes, lanes) : outside, new(pixel, lanes));
            }
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
