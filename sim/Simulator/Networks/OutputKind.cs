namespace BcnnSim.Networks;

/// <summary>What a convolution layer leaves behind its norm.</summary>
public enum OutputKind
{
    /// <summary>One sign bit per component.</summary>
    Bits,

    /// <summary>One 16-bit value per component; its sign is the bit later convolutions read.</summary>
    Values,
}
