using System.Runtime.Intrinsics;

namespace BcnnSim.Numerics;

/// <content>Long vectors: a whole window at once, by the two-popcount form.</content>
public static partial class QuadrantDot
{
    /// <summary>
    /// Sum over dense bit vectors of one length; masked lanes (mask bit 0) add 0. Vectorised where the processor has it, the same result everywhere.
    /// </summary>
    public static ComplexSum Long(
        ReadOnlySpan<ulong> wRe, ReadOnlySpan<ulong> wIm, ReadOnlySpan<ulong> vRe, ReadOnlySpan<ulong> vIm, ReadOnlySpan<ulong> mask)
    {
        int words = mask.Length;
        if (wRe.Length != words || wIm.Length != words || vRe.Length != words || vIm.Length != words)
        {
            throw new ArgumentException("vectors of one length expected", nameof(mask));
        }

        int start = 0;
        ComplexSum sum = default;
        if (BytePopulation.IsWide && words >= Vector512<ulong>.Count)
        {
            start = words - (words % Vector512<ulong>.Count);
            sum = Wide(wRe[..start], wIm[..start], vRe[..start], vIm[..start], mask[..start]);
        }
        else if (BytePopulation.IsHalf && words >= Vector256<ulong>.Count)
        {
            start = words - (words % Vector256<ulong>.Count);
            sum = Half(wRe[..start], wIm[..start], vRe[..start], vIm[..start], mask[..start]);
        }

        return sum + Scalar(wRe[start..], wIm[start..], vRe[start..], vIm[start..], mask[start..]);
    }

    /// <summary>Word by word; also the tail of the vector forms.</summary>
    internal static ComplexSum Scalar(
        ReadOnlySpan<ulong> wRe, ReadOnlySpan<ulong> wIm, ReadOnlySpan<ulong> vRe, ReadOnlySpan<ulong> vIm, ReadOnlySpan<ulong> mask)
    {
        ComplexSum sum = default;
        for (int i = 0; i < mask.Length; i++)
        {
            sum += Two(new QuadrantWord(wRe[i], wIm[i], mask[i]), new QuadrantWord(vRe[i], vIm[i], mask[i]));
        }

        return sum;
    }

    /// <summary>512 bits at a time; the length is a multiple of 8.</summary>
    internal static ComplexSum Wide(
        ReadOnlySpan<ulong> wRe, ReadOnlySpan<ulong> wIm, ReadOnlySpan<ulong> vRe, ReadOnlySpan<ulong> vIm, ReadOnlySpan<ulong> mask)
    {
        Vector512<ulong> re = default;
        Vector512<ulong> im = default;
        for (int i = 0; i < mask.Length; i += Vector512<ulong>.Count)
        {
            Vector512<ulong> m = Vector512.Create(mask[i..]);
            Vector512<ulong> x = Vector512.Create(vRe[i..]);
            Vector512<ulong> differ = x ^ Vector512.Create(vIm[i..]);
            Vector512<ulong> a = Vector512.Create(wRe[i..]);
            Vector512<ulong> b = Vector512.Create(wIm[i..]);
            Vector512<byte> p1 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, a, ~b) ^ x));
            Vector512<byte> p2 = BytePopulation.Count(Vector512.AndNot(m, Vector512.ConditionalSelect(differ, b, a) ^ x));
            re += BytePopulation.Sum(p1 + p2 + BytePopulation.Count(~m));
            im += BytePopulation.Sum(p2 + (Vector512.Create((byte)8) - p1));
        }

        // Per byte: re = p1 + p2 + (8 - n), im = p2 + (8 - p1); eight counts too many in each byte.
        long bias = 64L * mask.Length;
        return new((int)(2 * ((long)Vector512.Sum(re) - bias)), (int)(2 * ((long)Vector512.Sum(im) - bias)));
    }

    /// <summary>256 bits at a time; the length is a multiple of 4.</summary>
    internal static ComplexSum Half(
        ReadOnlySpan<ulong> wRe, ReadOnlySpan<ulong> wIm, ReadOnlySpan<ulong> vRe, ReadOnlySpan<ulong> vIm, ReadOnlySpan<ulong> mask)
    {
        Vector256<ulong> re = default;
        Vector256<ulong> im = default;
        for (int i = 0; i < mask.Length; i += Vector256<ulong>.Count)
        {
            Vector256<ulong> m = Vector256.Create(mask[i..]);
            Vector256<ulong> x = Vector256.Create(vRe[i..]);
            Vector256<ulong> differ = x ^ Vector256.Create(vIm[i..]);
            Vector256<ulong> a = Vector256.Create(wRe[i..]);
            Vector256<ulong> b = Vector256.Create(wIm[i..]);
            Vector256<byte> p1 = BytePopulation.Count(Vector256.AndNot(m, Vector256.ConditionalSelect(differ, a, ~b) ^ x));
            Vector256<byte> p2 = BytePopulation.Count(Vector256.AndNot(m, Vector256.ConditionalSelect(differ, b, a) ^ x));
            re += BytePopulation.Sum(p1 + p2 + BytePopulation.Count(~m));
            im += BytePopulation.Sum(p2 + (Vector256.Create((byte)8) - p1));
        }

        long bias = 64L * mask.Length;
        return new((int)(2 * ((long)Vector256.Sum(re) - bias)), (int)(2 * ((long)Vector256.Sum(im) - bias)));
    }
}
