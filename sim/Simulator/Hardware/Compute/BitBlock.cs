namespace BcnnSim.Hardware.Compute;

/// <summary>Binarized values of a few pixels x the channels of one group: bit o of Re[i] belongs to channel FirstChannel + o.</summary>
public sealed class BitBlock(int pixels)
{
    public ulong[] Re { get; } = new ulong[pixels];

    public ulong[] Im { get; } = new ulong[pixels];

    /// <summary>Raster index of each pixel in the map.</summary>
    public int[] PixelIndex { get; } = new int[pixels];

    public int Pixels { get; set; }

    /// <summary>Channels in use, at most 64.</summary>
    public int Channels { get; set; }

    public int FirstChannel { get; set; }
}
