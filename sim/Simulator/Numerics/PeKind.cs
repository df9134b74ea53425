namespace BcnnSim.Numerics;

/// <summary>Three equivalent circuits for the binary complex dot product (same bits, different cost).</summary>
public enum PeKind
{
    /// <summary>Four XNOR popcounts.</summary>
    Four,

    /// <summary>Quadrant index, three counts.</summary>
    Three,

    /// <summary>Two sign bits per lane, two popcounts (the default).</summary>
    Two,
}
