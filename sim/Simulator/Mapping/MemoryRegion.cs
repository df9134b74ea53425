namespace BcnnSim.Mapping;

/// <summary>A stretch of HBM: byte address (33 bits), bytes used, and bytes from one item to the next.</summary>
public readonly record struct MemoryRegion(long Address, long ItemBytes, long Stride)
{
    /// <summary>Pseudo-channel it lies in, 0..31.</summary>
    public int PseudoChannel => (int)(Address / MemoryPlan.PseudoChannelBytes);
}
