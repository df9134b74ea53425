using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>Folded norm and sign of the reference executor, written out from the definition (not through the record's own method).</summary>
internal static class ReferenceNorm
{
    private const long Signed48 = 1L << 47;

    /// <summary>+1 or -1 per component; layout [pixel][channel].</summary>
    public static (sbyte[] Re, sbyte[] Im) Signs(FoldedNorm norm, int[] re, int[] im)
    {
        sbyte[] signRe = new sbyte[re.Length];
        sbyte[] signIm = new sbyte[im.Length];
        for (int i = 0; i < re.Length; i++)
        {
            int channel = i % norm.Channels;
            (bool r, bool m) = norm.Kind switch
            {
                NormKind.Complex => Complex(norm, channel, re[i], im[i]),
                NormKind.Diagonal => Diagonal(norm, channel, re[i], im[i]),
                _ => Threshold(norm, channel, re[i], im[i]),
            };
            signRe[i] = (sbyte)(r ? 1 : -1);
            signIm[i] = (sbyte)(m ? 1 : -1);
        }

        return (signRe, signIm);
    }

    private static (bool Re, bool Im) Complex(FoldedNorm norm, int channel, long re, long im)
    {
        ReadOnlySpan<short> a = norm.A.AsSpan(4 * channel, 4);
        ReadOnlySpan<long> c = norm.C.AsSpan(2 * channel, 2);
        return (NotNegative((a[0] * re) + (a[1] * im) + c[0]), NotNegative((a[2] * re) + (a[3] * im) + c[1]));
    }

    private static (bool Re, bool Im) Diagonal(FoldedNorm norm, int channel, long re, long im)
    {
        ReadOnlySpan<short> a = norm.A.AsSpan(2 * channel, 2);
        ReadOnlySpan<long> c = norm.C.AsSpan(2 * channel, 2);
        return (NotNegative((a[0] * re) + c[0]), NotNegative((a[1] * im) + c[1]));
    }

    private static (bool Re, bool Im) Threshold(FoldedNorm norm, int channel, long re, long im)
    {
        ReadOnlySpan<long> t = norm.T.AsSpan(2 * channel, 2);
        ReadOnlySpan<byte> d = norm.D.AsSpan(2 * channel, 2);
        return (re >= t[0] ? d[0] == 0 : d[0] != 0, im >= t[1] ? d[1] == 0 : d[1] != 0);
    }

    private static bool NotNegative(long y)
        => y is > -Signed48 and < Signed48 ? y >= 0 : throw new InvalidOperationException($"norm value {y} leaves 48 bits");
}
