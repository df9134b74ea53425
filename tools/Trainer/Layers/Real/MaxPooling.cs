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

        int roomy = Roomy<T>(pooled);
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
        // Values are written in the order of memory: what a vector writes beyond the channels, a later pixel writes again.
        MapShape pooled = full.Pooled(k);
        int channels = full.Channels, roomy = Roomy<T>(pooled), border = (full.Width - (pooled.Width * k)) * channels;
        for (int y = 0; y < pooled.Height * k; y++, target += border)
        {
            for (int p = y / k * pooled.Width, end = p + pooled.Width; p < end; p++)
            {
                for (int i = y % k * k, next = i + k; i < next; i++, target += channels)
                {
                    Chosen(gradient + (p * channels), choice + (p * channels), T.CreateTruncating(i), target, channels, p < roomy);
                }
            }

            new Span<T>(target, border).Clear();
        }

        new Span<T>(target, (full.Height - (pooled.Height * k)) * full.Width * channels).Clear();
    }

    // Gradients of one pixel where it was the chosen one, otherwise 0.
    private static void Chosen<T>(T* gradient, T* choice, T pixel, T* target, int channels, bool roomy)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int at = 0, width = Vector<T>.Count;
        for (int end = roomy ? channels : channels - width + 1; at < end; at += width)
        {
            Vector.ConditionalSelect(Vector.Equals(Vector.Load(choice + at), new Vector<T>(pixel)), Vector.Load(gradient + at), Vector<T>.Zero).Store(target + at);
        }

        for (; at < channels; at++)
        {
            target[at] = choice[at] == pixel ? gradient[at] : T.Zero;
        }
    }

    // A vector beyond the channels reaches into the next pixel; the last pixels have no room for it.
    private static int Roomy<T>(MapShape pooled) => pooled.Pixels - 1 - ((Vector<T>.Count + pooled.Channels - 1) / pooled.Channels);

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
