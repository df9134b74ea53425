namespace BcnnSim.Hardware.Compute;

/// <summary>
/// Complex sums of a few pixels x the channels of one group: entry (i, o) at i * Channels + o. Owned by its producer, reused in
/// turn after every consumer downstream has taken it.
/// </summary>
public sealed class SumBlock(int pixels, int channels)
{
    public int[] Re { get; } = new int[pixels * channels];

    public int[] Im { get; } = new int[pixels * channels];

    /// <summary>Raster index of each pixel in the map.</summary>
    public int[] PixelIndex { get; } = new int[pixels];

    /// <summary>Pixels in use.</summary>
    public int Pixels { get; set; }

    /// <summary>Channels in use, also the stride.</summary>
    public int Channels { get; set; }

    /// <summary>Channel of column 0.</summary>
    public int FirstChannel { get; set; }
}
