namespace BcnnSim.Numerics;

/// <summary>
/// Batch norm folded to integers, sign-only form, one row per channel. Arrays are owned by this record and never written.
/// Complex: y_re = A[4c]*re + A[4c+1]*im + C[2c], y_im = A[4c+2]*re + A[4c+3]*im + C[2c+1]; bit = y >= 0.
/// Diagonal: y_re = A[2c]*re + C[2c], y_im = A[2c+1]*im + C[2c+1]; bit = y >= 0.
/// Threshold: bit_re = (re >= T[2c]) xor D[2c], bit_im = (im >= T[2c+1]) xor D[2c+1].
/// </summary>
public sealed record FoldedNorm
{
    private FoldedNorm(NormKind kind, int channels, short[] a, long[] c, long[] t, byte[] d)
    {
        Kind = kind;
        Channels = channels;
        A = a;
        C = c;
        T = t;
        D = d;
    }

    public NormKind Kind { get; }

    public int Channels { get; }

    /// <summary>int16 coefficients, [channels*4] or [channels*2]; empty for thresholds.</summary>
    public short[] A { get; }

    /// <summary>Signed 48-bit constants, [channels*2]; empty for thresholds.</summary>
    public long[] C { get; }

    /// <summary>Thresholds, [channels*2], |T| &lt;= 2^47 - 1; empty unless Kind is Threshold.</summary>
    public long[] T { get; }

    /// <summary>Inversions 0/1, [channels*2]; empty unless Kind is Threshold.</summary>
    public byte[] D { get; }

    public static FoldedNorm Complex(short[] a, long[] c) => new(NormKind.Complex, a.Length / 4, a, c, [], []);

    public static FoldedNorm Diagonal(short[] a, long[] c) => new(NormKind.Diagonal, a.Length / 2, a, c, [], []);

    public static FoldedNorm Threshold(long[] t, byte[] d) => new(NormKind.Threshold, t.Length / 2, [], [], t, d);

    /// <summary>
    /// Range proof of one row (2*channel for the real, 2*channel + 1 for the imaginary output): with |acc| up to
    /// <paramref name="accumulatorBound"/> every partial sum of A1*re + A2*im + C stays below 2^47 in magnitude, so one 48-bit
    /// accumulator never wraps. A threshold only has to be a 48-bit number itself.
    /// </summary>
    public bool FitsSigned48(int row, long accumulatorBound)
    {
        const long Limit = 1L << 47;
        if (Kind == NormKind.Threshold)
        {
            return T[row] > -Limit && T[row] < Limit;
        }

        Int128 sum = Int128.Abs(C[row]);
        if (Kind == NormKind.Diagonal)
        {
            sum += Int128.Abs(A[row]) * accumulatorBound;
        }
        else
        {
            sum += (Int128.Abs(A[2 * row]) + Int128.Abs(A[(2 * row) + 1])) * accumulatorBound;
        }

        return sum < Limit;
    }

    /// <summary>Two bits of channel <paramref name="channel"/>: bit 0 real, bit 1 imaginary (1 = +1).</summary>
    public int Bits(int channel, long re, long im)
    {
        int c2 = 2 * channel;
        switch (Kind)
        {
            case NormKind.Complex:
                int c4 = 4 * channel;
                long yr = (A[c4] * re) + (A[c4 + 1] * im) + C[c2];
                long yi = (A[c4 + 2] * re) + (A[c4 + 3] * im) + C[c2 + 1];
                return (yr >= 0 ? 1 : 0) | (yi >= 0 ? 2 : 0);
            case NormKind.Diagonal:
                return ((A[c2] * re) + C[c2] >= 0 ? 1 : 0) | ((A[c2 + 1] * im) + C[c2 + 1] >= 0 ? 2 : 0);
            default:
                return ((re >= T[c2] ? 1 : 0) ^ D[c2]) | (((im >= T[c2 + 1] ? 1 : 0) ^ D[c2 + 1]) << 1);
        }
    }
}
