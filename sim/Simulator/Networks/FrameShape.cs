namespace BcnnSim.Networks;

/// <summary>Shape of one frame and the byte counts that follow from it.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Complex channels.</param>
/// <param name="InputBits">P, bit planes: a component is an unsigned P-bit integer u that stands for 2u - (2^P - 1).</param>
public readonly record struct FrameShape(int Height, int Width, int Channels, int InputBits)
{
    public FrameShape(NetworkInput input)
        : this(input.Height, input.Width, input.Channels, input.InputBits)
    {
    }

    public int Pixels => Height * Width;

    /// <summary>Bytes of the real (or imaginary) bits of one pixel: ceil(C/8).</summary>
    public int PixelBytes => (Channels + 7) / 8;

    /// <summary>One bit plane: per pixel in raster order real bytes, then imaginary bytes.</summary>
    public int PlaneBytes => Pixels * 2 * PixelBytes;

    /// <summary>All planes, plane 0 (least significant) first.</summary>
    public int FrameBytes => PlaneBytes * InputBits;

    /// <summary>Components of each kind: H*W*C.</summary>
    public int Values => Pixels * Channels;

    public override string ToString() => $"{Height}x{Width}x{Channels}, {InputBits} bits";
}
