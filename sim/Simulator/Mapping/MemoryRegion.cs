namespace BcnnSim.Mapping;

/// <summary>A stretch of HBM: byte address (33 bits), bytes used, and bytes from one item to the next.</summary>
public readonly record struct MemoryRegion(long Address, long ItemBytes, long Stride);
