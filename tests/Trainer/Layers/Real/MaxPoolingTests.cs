using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers.Real;
using Xunit;

namespace BcnnSim.Trainer.Tests.Layers.Real;

/// <summary>Pooling by vectors against loops over single values: widths around a vector, incomplete borders, maps of one window.</summary>
public unsafe class MaxPoolingTests
{
    private const int Seed = 43;
    private const float Untouched = 12345;

    [Fact]
    public void Maxima_and_gradients_are_those_of_plain_loops_and_nothing_beside_the_maps_is_written()
    {
        foreach (int channels in Enumerable.Range(1, (2 * Vector<float>.Count) + 3))
        {
            foreach ((int height, int width, int k) in new[] { (2, 2, 2), (5, 7, 2), (7, 6, 3), (4, 9, 2), (6, 3, 1), (3, 4, 3) })
            {
                Check(new MapShape(height, width, channels), k);
            }
        }
    }

    private static void Check(MapShape full, int k)
    {
        MapShape pooled = full.Pooled(k);
        int length = full.Pixels * full.Channels, shorter = pooled.Pixels * full.Channels;
        float[] map = Values(Seed, length), gradient = Values(Seed + 1, shorter), maxima = new float[shorter];
        var back = new float[length];
        for (int i = 0; i < shorter; i++)
        {
            int chosen = Windowed(full, pooled, k, i).Aggregate((best, at) => map[at] > map[best] ? at : best);
            (maxima[i], back[chosen]) = (map[chosen], gradient[i]);
        }

        using AlignedBuffer<float> source = Held(map), output = Held(new float[shorter]), choice = Held(new float[shorter]), given = Held(gradient), target = Held(new float[length]);
        MaxPooling.Forward(full, k, source.Data, output.Data, choice.Data);
        MaxPooling.Backward(full, k, given.Data, choice.Data, target.Data);
        Assert.Equal(maxima, Taken(output, shorter));
        Assert.Equal(back, Taken(target, length));
    }

    // Places of the window that output i is the maximum of, in their order.
    private static IEnumerable<int> Windowed(MapShape full, MapShape pooled, int k, int i)
    {
        int channel = i % full.Channels, pixel = i / full.Channels;
        (int y, int x) = (pixel / pooled.Width * k, pixel % pooled.Width * k);
        return Enumerable.Range(0, k * k).Select(tap => (((((y + (tap / k)) * full.Width) + x + (tap % k)) * full.Channels) + channel));
    }

    // Few different values, so that equal ones meet.
    private static float[] Values(int seed, int length)
    {
        var values = new float[length];
        SeededValues.Fill<float>(seed, values);
        return Array.ConvertAll(values, value => MathF.Round(value * 4));
    }

    private static AlignedBuffer<float> Held(float[] values)
    {
        var buffer = new AlignedBuffer<float>(values.Length + Vector<float>.Count);
        new Span<float>(buffer.Data, values.Length + Vector<float>.Count).Fill(Untouched);
        values.CopyTo(new Span<float>(buffer.Data, values.Length));
        return buffer;
    }

    private static float[] Taken(AlignedBuffer<float> buffer, int length)
    {
        Assert.All(new Span<float>(buffer.Data + length, Vector<float>.Count).ToArray(), value => Assert.Equal(Untouched, value));
        return new Span<float>(buffer.Data, length).ToArray();
    }
}
