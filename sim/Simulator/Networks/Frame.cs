namespace BcnnSim.Networks;

/// <summary>One frame as it lies in the file and in HBM: bit planes of packed quadrant bits.</summary>
/// <param name="Shape">Dimensions.</param>
/// <param name="Planes">Plane b = 0..P-1; in it pixels in raster order; per pixel ceil(C/8) bytes of real bits, then of imaginary bits; LSB first, pad bits 0.</param>
/// <param name="Label">Class number, -1 unknown.</param>
/// <param name="Tag">One figure per frame that results are grouped by (the SNR in dB of a radio burst); NaN none.</param>
public sealed record Frame(FrameShape Shape, byte[] Planes, int Label = -1, float Tag = float.NaN)
{
    /// <summary>Packs unsigned components, layout [y][x][c], each below 2^P.</summary>
    public static Frame FromComponents(FrameShape shape, ReadOnlySpan<byte> re, ReadOnlySpan<byte> im, int label = -1, float tag = float.NaN)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(re.Length, shape.Values);
        ArgumentOutOfRangeException.ThrowIfNotEqual(im.Length, shape.Values);
        Frame frame = new(shape, new byte[shape.FrameBytes], label, tag);
        frame.Pack(re, 0);
        frame.Pack(im, shape.PixelBytes);
        return frame;
    }

    /// <summary>Unsigned P-bit integer u of the real part.</summary>
    public int ReValue(int y, int x, int c) => Value(y, x, c, 0);

    /// <summary>Unsigned P-bit integer u of the imaginary part.</summary>
    public int ImValue(int y, int x, int c) => Value(y, x, c, Shape.PixelBytes);

    /// <summary>Bit <paramref name="plane"/> of the real part.</summary>
    public bool ReBit(int plane, int y, int x, int c) => Bit(plane, y, x, c, 0);

    /// <summary>Bit <paramref name="plane"/> of the imaginary part.</summary>
    public bool ImBit(int plane, int y, int x, int c) => Bit(plane, y, x, c, Shape.PixelBytes);

    private int Value(int y, int x, int c, int part)
    {
        int value = 0;
        for (int plane = 0; plane < Shape.InputBits; plane++)
        {
            value |= (Bit(plane, y, x, c, part) ? 1 : 0) << plane;
        }

        return value;
    }

    private bool Bit(int plane, int y, int x, int c, int part)
        => ((Planes[Offset(plane, (y * Shape.Width) + x, part) + (c >> 3)] >> (c & 7)) & 1) != 0;

    private int Offset(int plane, int pixel, int part) => (plane * Shape.PlaneBytes) + (pixel * 2 * Shape.PixelBytes) + part;

    private void Pack(ReadOnlySpan<byte> values, int part)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int c = i % Shape.Channels;
            int value = values[i];
            if (value >> Shape.InputBits != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(values), value, $"component {i} does not fit {Shape.InputBits} bits");
            }

            for (int plane = 0; plane < Shape.InputBits; plane++)
            {
                Planes[Offset(plane, i / Shape.Channels, part) + (c >> 3)] |= (byte)(((value >> plane) & 1) << (c & 7));
            }
        }
    }
}
