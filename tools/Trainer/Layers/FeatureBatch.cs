using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Maps of a batch: [image][y][x][2C], a pixel's real parts first, then its imaginary parts; [image][y][x][C] where
/// <paramref name="parts"/> is 1, of real networks.
/// </summary>
public sealed unsafe class FeatureBatch<T>(int capacity, MapShape shape, int parts = 2) : IDisposable
    where T : unmanaged
{
    private readonly AlignedBuffer<T> buffer = new((long)capacity * shape.Pixels * shape.Channels * parts);

    public MapShape Shape { get; } = shape;

    /// <summary>Most images it holds.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Images in use.</summary>
    public int Count { get; set; } = capacity;

    /// <summary>Parts of one channel: 2 of complex maps, 1 of real ones.</summary>
    public int Parts { get; } = parts;

    /// <summary>Real lanes of one pixel.</summary>
    public int Lanes => Parts * Shape.Channels;

    /// <summary>Numbers of one image.</summary>
    public int ImageLength => Shape.Pixels * Lanes;

    public Span<T> Values => buffer.Span;

    public T* Image(int index) => buffer.Data + ((long)index * ImageLength);

    public void Dispose() => buffer.Dispose();
}
