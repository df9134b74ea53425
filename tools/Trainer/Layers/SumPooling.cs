using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>k x k sum pooling of one image and its adjoint, with the scale of the layer's input folded in. An incomplete border is dropped. Lanes: of one pixel.</summary>
internal static unsafe class SumPooling
{
    public static void Forward<T>(MapShape full, int lanes, int k, T scale, T* source, T* target)
        where T : unmanaged, INumberBase<T>
    {
        MapShape pooled = full.Pooled(k);
        for (int y = 0; y < pooled.Height; y++)
        {
            for (int x = 0; x < pooled.Width; x++, target += lanes)
            {
                T* corner = source + ((((long)y * k * full.Width) + (x * k)) * lanes);
                new ReadOnlySpan<T>(corner, lanes).CopyTo(new Span<T>(target, lanes));
                for (int i = 1; i < k * k; i++)
                {
                    PatchRows.Add(corner + ((((long)i / k * full.Width) + (i % k)) * lanes), target, lanes);
                }

                Scale(target, scale, target, lanes);
            }
        }
    }

    public static void Backward<T>(MapShape full, int lanes, int k, T scale, T* gradient, T* target)
        where T : unmanaged, INumberBase<T>
    {
        MapShape pooled = full.Pooled(k);
        if (pooled.Height * k != full.Height || pooled.Width * k != full.Width)
        {
            new Span<T>(target, full.Pixels * lanes).Clear();
        }

        for (int y = 0; y < pooled.Height * k; y++)
        {
            for (int x = 0; x < pooled.Width * k; x++)
            {
                Scale(gradient + (((y / k * pooled.Width) + (x / k)) * lanes), scale, target + ((((long)y * full.Width) + x) * lanes), lanes);
            }
        }
    }

    private static void Scale<T>(T* source, T scale, T* target, int length)
        where T : unmanaged, INumberBase<T>
    {
        int i = 0;
        for (int width = Vector<T>.Count; i <= length - width; i += width)
        {
            (Vector.Load(source + i) * scale).Store(target + i);
        }

        for (; i < length; i++)
        {
            target[i] = source[i] * scale;
        }
    }
}
