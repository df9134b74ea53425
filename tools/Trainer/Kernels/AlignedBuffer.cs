using System.Runtime.InteropServices;

namespace BcnnSim.Trainer.Kernels;

/// <summary>Unmoving array on a 64-byte boundary (one cache line, one 512-bit load), cleared at creation.</summary>
public sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    public AlignedBuffer(long length)
    {
        Length = length;
        nuint bytes = (nuint)(Math.Max(length, 1) * sizeof(T));
        Data = (T*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(Data, bytes);
    }

    ~AlignedBuffer() => Release();

    /// <summary>First element; valid until disposal.</summary>
    public T* Data { get; private set; }

    public long Length { get; }

    public Span<T> Span => new(Data, checked((int)Length));

    public void Clear() => NativeMemory.Clear(Data, (nuint)(Length * sizeof(T)));

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
    }
}
