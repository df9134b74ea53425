using BcnnSim.Hardware.Axi;
using BcnnSim.Numerics;

namespace BcnnSim.Hardware.Compute;

/// <summary>Constants of the folded norms as they came from memory, one 32-byte beat per channel (layout: ParameterImage).</summary>
internal sealed class NormTable(int channels)
{
    private readonly short[] a = new short[4 * channels];
    private readonly long[] c = new long[2 * channels];
    private readonly byte[] d = new byte[channels];
    private readonly byte[] shift = new byte[channels];
    private int loaded;

    public bool Complete => loaded == channels;

    public bool Partial => loaded > 0 && !Complete;

    public void Load(in Beat256 beat)
    {
        for (int i = 0; i < 4; i++)
        {
            a[(4 * loaded) + i] = (short)beat.Field(16 * i, 16);
        }

        c[2 * loaded] = Signed48(beat.Field(64, 48));
        c[(2 * loaded) + 1] = Signed48(beat.Field(112, 48));
        d[loaded] = (byte)beat.Field(160, 2);
        shift[loaded] = (byte)beat.Field(162, 6);
        loaded++;
    }

    /// <summary>Two bits: bit 0 real, bit 1 imaginary. One DSP48 per product, 48-bit accumulation.</summary>
    public int Bits(NormKind kind, int channel, long re, long im)
    {
        int a4 = 4 * channel;
        int c2 = 2 * channel;
        switch (kind)
        {
            case NormKind.Complex:
                long yr = (a[a4] * re) + (a[a4 + 1] * im) + c[c2];
                long yi = (a[a4 + 2] * re) + (a[a4 + 3] * im) + c[c2 + 1];
                return (yr >= 0 ? 1 : 0) | (yi >= 0 ? 2 : 0);
            case NormKind.Diagonal:
                return ((a[a4] * re) + c[c2] >= 0 ? 1 : 0) | ((a[a4 + 1] * im) + c[c2 + 1] >= 0 ? 2 : 0);
            default:
                return ((re >= c[c2] ? 1 : 0) | (im >= c[c2 + 1] ? 2 : 0)) ^ d[channel];
        }
    }

    /// <summary>16-bit values: the 48-bit sum, half added, shifted, saturated. Returns the components that saturated, 0..2.</summary>
    public int Values(NormKind kind, int channel, long re, long im, out short valueRe, out short valueIm)
    {
        int a4 = 4 * channel;
        int c2 = 2 * channel;
        long yr = (a[a4] * re) + c[c2];
        long yi = c[c2 + 1];
        if (kind == NormKind.Complex)
        {
            yr += a[a4 + 1] * im;
            yi += (a[a4 + 2] * re) + (a[a4 + 3] * im);
        }
        else
        {
            yi += a[a4 + 1] * im;
        }

        int s = shift[channel];
        long half = 1L << (s - 1);
        valueRe = Saturation.ToInt16((yr + half) >> s);
        valueIm = Saturation.ToInt16((yi + half) >> s);
        return (valueRe == (yr + half) >> s ? 0 : 1) + (valueIm == (yi + half) >> s ? 0 : 1);
    }

    private static long Signed48(ulong field) => (long)(field << 16) >> 16;
}
