namespace BcnnSim.Numerics;

/// <summary>
/// A map of quadrant numbers, packed: per pixel in raster order ceil(C/64) words of real bits and as many of imaginary bits, channel c in bit
/// c of the pixel; bits beyond C are 0.
/// </summary>
public sealed class FeatureMap
{
    private readonly ulong[] re;
    private readonly ulong[] im;

    public FeatureMap(int height, int width, int channels)
    {
        Height = height;
        Width = width;
        Channels = channels;
        PixelWords = (channels + 63) / 64;
        re = new ulong[checked(height * width * PixelWords)];
        im = new ulong[re.Length];
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    /// <summary>Words of one part of one pixel.</summary>
    public int PixelWords { get; }

    /// <summary>One bit plane of a frame: per pixel ceil(C/8) bytes of real bits, then of imaginary bits.</summary>
    public static FeatureMap FromPlane(ReadOnlySpan<byte> plane, int height, int width, int channels)
    {
        FeatureMap map = new(height, width, channels);
        int pixelBytes = (channels + 7) / 8;
        ArgumentOutOfRangeException.ThrowIfNotEqual(plane.Length, height * width * 2 * pixelBytes);
        for (int pixel = 0; pixel < height * width; pixel++)
        {
            ReadOnlySpan<byte> bytes = plane.Slice(pixel * 2 * pixelBytes, 2 * pixelBytes);
            QuadrantPacker.FromBytes(bytes[..pixelBytes], map.Re(pixel));
            QuadrantPacker.FromBytes(bytes[pixelBytes..], map.Im(pixel));
        }

        return map;
    }

    /// <summary>Real bits of pixel y * Width + x.</summary>
    public Span<ulong> Re(int pixel) => re.AsSpan(pixel * PixelWords, PixelWords);

    /// <summary>Imaginary bits of pixel y * Width + x.</summary>
    public Span<ulong> Im(int pixel) => im.AsSpan(pixel * PixelWords, PixelWords);

    public bool ReBit(int pixel, int channel) => ((re[(pixel * PixelWords) + (channel >> 6)] >> (channel & 63)) & 1) != 0;

    public bool ImBit(int pixel, int channel) => ((im[(pixel * PixelWords) + (channel >> 6)] >> (channel & 63)) & 1) != 0;

    /// <summary>Writes one value; bit 0 of <paramref name="bits"/> real, bit 1 imaginary, as the norm gives them.</summary>
    public void Set(int pixel, int channel, int bits)
    {
        QuadrantPacker.Write(Re(pixel), channel, 1, (ulong)bits & 1);
        QuadrantPacker.Write(Im(pixel), channel, 1, (ulong)(bits >> 1) & 1);
    }

    /// <summary>
    /// Flattens the window of one output pixel: tap t = (ky*Kw + kx)*C + c in bit t of each vector; a padded tap is 0 in every part and masked.
    /// The vectors hold at least ceil(T/64) words.
    /// </summary>
    /// <param name="top">Row of kernel position 0, may lie outside.</param>
    /// <param name="left">Column of kernel position 0, may lie outside.</param>
    /// <param name="kernelHeight">Kh.</param>
    /// <param name="kernelWidth">Kw.</param>
    /// <param name="windowRe">Real bits.</param>
    /// <param name="windowIm">Imaginary bits.</param>
    /// <param name="mask">1 where the tap lies inside the map.</param>
    public void Window(int top, int left, int kernelHeight, int kernelWidth, Span<ulong> windowRe, Span<ulong> windowIm, Span<ulong> mask)
    {
        windowRe.Clear();
        windowIm.Clear();
        mask.Clear();
        for (int position = 0; position < kernelHeight * kernelWidth; position++)
        {
            int y = top + (position / kernelWidth);
            int x = left + (position % kernelWidth);
            if (y < 0 || y >= Height || x < 0 || x >= Width)
            {
                continue;
            }

            int pixel = (y * Width) + x;
            QuadrantPacker.Copy(Re(pixel), 0, windowRe, position * Channels, Channels);
            QuadrantPacker.Copy(Im(pixel), 0, windowIm, position * Channels, Channels);
            QuadrantPacker.Fill(mask, position * Channels, Channels);
        }
    }
}
