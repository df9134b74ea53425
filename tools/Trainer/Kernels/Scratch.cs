namespace BcnnSim.Trainer.Kernels;

/// <summary>Working memory of one running chunk: named slots that only grow. Contents are undefined when taken.</summary>
public sealed unsafe class Scratch
{
    private readonly AlignedBuffer<byte>?[] slots = new AlignedBuffer<byte>?[4];

    /// <summary>At least <paramref name="length"/> elements of slot 0..3.</summary>
    public T* Take<T>(int slot, long length)
        where T : unmanaged
    {
        long bytes = length * sizeof(T);
        if (slots[slot] is not { } buffer || buffer.Length < bytes)
        {
            slots[slot]?.Dispose();
            slots[slot] = buffer = new AlignedBuffer<byte>(bytes);
        }

        return (T*)buffer.Data;
    }
}
