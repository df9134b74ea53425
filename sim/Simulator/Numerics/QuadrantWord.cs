namespace BcnnSim.Numerics;

/// <summary>
/// Up to 64 lanes of quadrant numbers +-1+-i: bit l of each part belongs to lane l; 1 = +1, 0 = -1; mask bit 1 = the lane counts.
/// Lanes beyond the design's Pi are masked.
/// </summary>
public readonly record struct QuadrantWord(ulong Re, ulong Im, ulong Mask)
{
    /// <summary>Most lanes of a word.</summary>
    public const int MaximumLanes = 64;

    /// <summary>Lanes that count.</summary>
    public int Lanes => System.Numerics.BitOperations.PopCount(Mask);

    /// <summary>A word whose lowest <paramref name="lanes"/> bits are 1; 0..64.</summary>
    public static ulong LaneMask(int lanes) => lanes == 0 ? 0 : ulong.MaxValue >> (MaximumLanes - lanes);
}
