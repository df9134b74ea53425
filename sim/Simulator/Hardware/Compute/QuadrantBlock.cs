namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Words of quadrant lanes as parallel arrays: bit l of Re[i], Im[i] is lane l of word i, Mask bit 1 = the lane counts.
/// Window memories and weight memories are such blocks; beats refer into them by offset.
/// </summary>
public sealed class QuadrantBlock(int words)
{
    public ulong[] Re { get; } = new ulong[words];

    public ulong[] Im { get; } = new ulong[words];

    public ulong[] Mask { get; } = new ulong[words];
}
