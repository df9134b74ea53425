namespace BcnnSim.Mapping;

/// <summary>A stretch of HBM, or one in each of several pseudo-channels that its items go round.</summary>
/// <param name="Address">Byte address (33 bits) of the first item.</param>
/// <param name="ItemBytes">Bytes used of an item.</param>
/// <param name="Stride">Bytes from one item to the next of the same pseudo-channel.</param>
/// <param name="Spread">Pseudo-channels, consecutive modulo 32.</param>
public readonly record struct MemoryRegion(long Address, long ItemBytes, long Stride, int Spread = 1)
{
    /// <summary>Pseudo-channels of the device.</summary>
    public const int PseudoChannels = 32;

    /// <summary>Pseudo-channel of the first item, 0..31.</summary>
    public int PseudoChannel => (int)(Address / MemoryPlan.PseudoChannelBytes);

    private long Offset => Address % MemoryPlan.PseudoChannelBytes;

    /// <summary>Address of an item.</summary>
    public long Of(long item) => In(item % Spread) + (item / Spread * Stride);

    /// <summary>Address of the region's part in the k-th of its pseudo-channels.</summary>
    public long In(long k) => ((PseudoChannel + k) % PseudoChannels * MemoryPlan.PseudoChannelBytes) + Offset;

    /// <summary>Items that lie before byte <paramref name="end"/> of their pseudo-channels.</summary>
    public long ItemsBefore(long end) => Math.Max(0, end - Offset) / Stride * Spread;

    /// <summary>Whether an item begins at an address of the region.</summary>
    public bool Begins(long address) => ((address % MemoryPlan.PseudoChannelBytes) - Offset) % Stride == 0;
}
