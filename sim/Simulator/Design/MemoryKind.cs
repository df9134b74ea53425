namespace BcnnSim.Design;

/// <summary>On-chip memory primitive of a buffer.</summary>
public enum MemoryKind
{
    /// <summary>LUTRAM.</summary>
    Lutram,

    /// <summary>BRAM36, 512 x 72 simple dual port.</summary>
    Bram,

    /// <summary>URAM288, 4096 x 72.</summary>
    Uram,
}
