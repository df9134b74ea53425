namespace BcnnSim.Networks;

/// <summary>
/// Packed +-1 complex weights as they lie in the file: [Rows, RowBytes] with RowBytes = ceil(Taps/8), LSB first,
/// bit 1 = +1, pad bits 0. <see cref="Mask"/> (bit 1 = kept) is null when every tap is kept.
/// </summary>
/// <param name="Rows">Output channels.</param>
/// <param name="Taps">T, taps per row.</param>
/// <param name="Re">Real parts.</param>
/// <param name="Im">Imaginary parts.</param>
/// <param name="Mask">Kept taps, or null.</param>
public sealed record QuadrantTensor(int Rows, int Taps, byte[] Re, byte[] Im, byte[]? Mask)
{
    public int RowBytes => (Taps + 7) / 8;

    public bool ReBit(int row, int tap) => ((Re[(row * RowBytes) + (tap >> 3)] >> (tap & 7)) & 1) != 0;

    public bool ImBit(int row, int tap) => ((Im[(row * RowBytes) + (tap >> 3)] >> (tap & 7)) & 1) != 0;

    public bool Kept(int row, int tap) => Mask is null || ((Mask[(row * RowBytes) + (tap >> 3)] >> (tap & 7)) & 1) != 0;
}
