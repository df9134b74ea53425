using System.Numerics;
using BcnnSim.Networks;

namespace BcnnSim.Trainer.Layers.Real;

/// <summary>
/// k x k maximum pooling of one image [y][x][C]. What was chosen is kept as a number i = ky*k + kx beside each output, the first
/// of equal ones, and gets the whole gradient. An incomplete border is dropped.
/// </summary>
internal static unsafe class MaxPooling
{
    public static void Forward<T>(MapShape full, int k, T* source, T* target, T* choice)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MapShape pooled = full.Pooled(k);
        int channels = full.Channels, width = Vector<T>.Count;
        int* offsets = stackalloc int[k * k];
        Offsets(full, k, offsets);

        // A vector beyond the channels writes into the next pixel, which comes later; the last pixels have no room for it.
        int roomy = pooled.Pixels - 1 - ((width + channels - 1) / channels);
        for (int p = 0; p < pooled.Pixels; p++, target += channels, choice += channels)
        {
            T* corner = source + Corner(full, pooled, k, p);
            int at = 0;
            for (int end = p < roomy ? channels : channels - width + 1; at < end; at += width)
            {
                Vector<T> best = Vector.Load(corner + at), index = Vector<T>.Zero;
                for (int i = 1; i < k * k; i++)
                {
                    Vector<T> value = Vector.Load(corner + offsets[i] + at);
                    Vector<T> more = Vector.GreaterThan(value, best);
                    best = Vector.ConditionalSelect(more, value, best);
                    index = Vector.ConditionalSelect(more, new Vector<T>(T.CreateTruncating(i)), index);
                }

                best.Store(target + at);
                index.Store(choice + at);
            }

            for (; at < channels; at++)
            {
                int best = 0;
                for (int i = 1; i < k * k; i++)
                {
                    best = corner[offsets[i] + at] > corner[offsets[best] + at] ? i : best;
                }

                target[at] = corner[offsets[best] + at];
                choice[at] = T.CreateTruncating(best);
            }
        }
    }

    /// <summary>Sets <paramref name="target"/>, the gradient of the whole map.</summary>
    public static void Backward<T>(MapShape full, int k, T* gradient, T* choice, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MapShape pooled = full.Pooled(k);
        int channels = full.Channels;
        int* offsets = stackalloc int[k * k];
        Offsets(full, k, offsets);
        new Span<T>(target, full.Pixels * channels).Clear();
        for (int p = 0; p < pooled.Pixels; p++, gradient += channels, choice += channels)
        {
            T* corner = target + Corner(full, pooled, k, p);
            for (int c = 0; c < channels; c++)
            {
                corner[offsets[int.CreateTruncating(choice[c])] + c] = gradient[c];
            }
        }
    }

    private static int Corner(MapShape full, MapShape pooled, int k, int pixel) =>
        ((pixel / pooled.Width * full.Width) + (pixel % pooled.Width)) * k * full.Channels;

    private static void Offsets(MapShape full, int k, int* offsets)
    {
        for (int i = 0; i < k * k; i++)
        {
            offsets[i] = ((i / k * full.Width) + (i % k)) * full.Channels;
        }
    }
}
