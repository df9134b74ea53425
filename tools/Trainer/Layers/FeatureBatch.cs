using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>Maps of a batch: [image][y][x][2C], a pixel's real parts first, then its imaginary parts.</summary>
public sealed unsafe class FeatureBatch<T>(int capacity, MapShape shape) : IDisposable
    where T : unmanaged
{
    private readonly AlignedBuffer<T> buffer = new((long)capacity * shape.Pixels * shape.Channels * 2);

    public MapShape Shape { get; } = shape;

    /// <summary>Most images it holds.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Images in use.</summary>
    public int Count { get; set; } = capacity;

    /// <summary>Real lanes of one pixel, 2C.</summary>
    public int Lanes => 2 * Shape.Channels;

    /// <summary>Numbers of one image.</summary>
    public int ImageLength => Shape.Pixels * Lanes;

    public Span<T> Values => buffer.Span;

    public T* Image(int index) => buffer.Data + ((long)index * ImageLength);

    public void Dispose() => buffer.Dispose();
}
