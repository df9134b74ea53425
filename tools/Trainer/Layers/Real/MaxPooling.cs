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
        for (int p = 0; p < pooled.Pixels; p++, target += channels, choice += channels)
        {
            T* corner = Corner(full, pooled, k, source, p);
            int at = 0;
            for (; at <= channels - width; at += width)
            {
                Vector<T> best = Vector.Load(corner + at), index = Vector<T>.Zero;
                for (int i = 1; i < k * k; i++)
                {
                    Vector<T> value = Vector.Load(corner + Offset(full, k, i) + at);
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
                    best = corner[Offset(full, k, i) + at] > corner[Offset(full, k, best) + at] ? i : best;
                }

                target[at] = corner[Offset(full, k, best) + at];
                choice[at] = T.CreateTruncating(best);
            }
        }
    }

    /// <summary>Sets <paramref name="target"/>, the gradient of the whole map.</summary>
    public static void Backward<T>(MapShape full, int k, T* gradient, T* choice, T* target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        MapShape pooled = full.Pooled(k);
        int channels = full.Channels, width = Vector<T>.Count;
        if (pooled.Height * k != full.Height || pooled.Width * k != full.Width)
        {
            new Span<T>(target, full.Pixels * channels).Clear();
        }

        for (int p = 0; p < pooled.Pixels; p++, gradient += channels, choice += channels)
        {
            T* corner = Corner(full, pooled, k, target, p);
            for (int i = 0; i < k * k; i++)
            {
                T* to = corner + Offset(full, k, i);
                T mine = T.CreateTruncating(i);
                int at = 0;
                for (; at <= channels - width; at += width)
                {
                    Vector<T> chosen = Vector.Equals(Vector.Load(choice + at), new Vector<T>(mine));
                    Vector.ConditionalSelect(chosen, Vector.Load(gradient + at), Vector<T>.Zero).Store(to + at);
                }

                for (; at < channels; at++)
                {
                    to[at] = choice[at] == mine ? gradient[at] : T.Zero;
                }
            }
        }
    }

    private static T* Corner<T>(MapShape full, MapShape pooled, int k, T* map, int pixel)
        where T : unmanaged => map + ((((pixel / pooled.Width * full.Width) + (pixel % pooled.Width)) * k) * full.Channels);

    private static int Offset(MapShape full, int k, int i) => ((i / k * full.Width) + (i % k)) * full.Channels;
}
