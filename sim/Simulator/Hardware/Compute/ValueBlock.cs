namespace BcnnSim.Hardware.Compute;

/// <summary>
/// 16-bit values of a few pixels x the channels of one group: entry (i, o) at i * Channels + o. Owned by its producer, reused in turn
/// after every consumer downstream has taken it.
/// </summary>
public sealed class ValueBlock(int pixels, int channels)
{
    public short[] Re { get; } = new short[pixels * channels];

    public short[] Im { get; } = new short[pixels * channels];

    /// <summary>Raster index of each pixel in the map.</summary>
    public int[] PixelIndex { get; } = new int[pixels];

    /// <summary>Pixels in use.</summary>
    public int Pixels { get; set; }

    /// <summary>Channels in use, also the stride.</summary>
    public int Channels { get; set; }

    /// <summary>Channel of column 0.</summary>
    public int FirstChannel { get; set; }

    /// <summary>Index of the layer the values belong to.</summary>
    public int Layer { get; set; }

    /// <summary>Components that the norm saturated (in hardware a counter per layer).</summary>
    public int NormSaturations { get; set; }

    /// <summary>Components that the residual add saturated.</summary>
    public int AddSaturations { get; set; }

    /// <summary>Takes place, layer and the norm's count of another block, not its values.</summary>
    public void Describe(ValueBlock other)
    {
        Pixels = other.Pixels;
        Channels = other.Channels;
        FirstChannel = other.FirstChannel;
        Layer = other.Layer;
        NormSaturations = other.NormSaturations;
        AddSaturations = 0;
        other.PixelIndex.AsSpan(0, other.Pixels).CopyTo(PixelIndex);
    }
}
