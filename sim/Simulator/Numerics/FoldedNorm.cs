namespace BcnnSim.Numerics;

/// <summary>
/// Batch norm folded to integers, one row per channel, for a sign or for a 16-bit value. Arrays are owned by this record and never written.
/// Complex: y_re = A[4c]*re + A[4c+1]*im + C[2c], y_im = A[4c+2]*re + A[4c+3]*im + C[2c+1]; bit = y >= 0.
/// Diagonal: y_re = A[2c]*re + C[2c], y_im = A[2c+1]*im + C[2c+1]; bit = y >= 0.
/// Threshold: bit_re = (re >= T[2c]) xor D[2c], bit_im = (im >= T[2c+1]) xor D[2c+1].
/// With shifts (complex, diagonal): v = saturate16((y + 2^(s-1)) >> s), s = Shift[c], arithmetic shift; bit = v >= 0.
/// </summary>
public sealed record FoldedNorm
{
    private const long Signed48 = 1L << 47;

    private const int LargestShift = 40;

    private FoldedNorm(NormKind kind, int channels, short[] a, long[] c, byte[] shift, long[] t, byte[] d)
    {
        Kind = kind;
        Channels = channels;
        A = a;
        C = c;
        Shift = shift;
        T = t;
        D = d;
    }

    public NormKind Kind { get; }

    public int Channels { get; }

    /// <summary>int16 coefficients, [channels*4] or [channels*2]; empty for thresholds.</summary>
    public short[] A { get; }

    /// <summary>Signed 48-bit constants, [channels*2]; empty for thresholds.</summary>
    public long[] C { get; }

    /// <summary>Shifts 1..40 of the values, [channels]; empty where only the sign is asked for.</summary>
    public byte[] Shift { get; }

    /// <summary>Whether it gives 16-bit values.</summary>
    public bool HasValues => Shift.Length > 0;

    /// <summary>Thresholds, [channels*2], |T| &lt;= 2^47 - 1; empty unless Kind is Threshold.</summary>
    public long[] T { get; }

    /// <summary>Inversions 0/1, [channels*2]; empty unless Kind is Threshold.</summary>
    public byte[] D { get; }

    /// <param name="a">Matrix per channel: re*A[4c] + im*A[4c+1] gives the real, A[4c+2], A[4c+3] the imaginary output.</param>
    /// <param name="c">Constants, two per channel, |c| &lt; 2^47.</param>
    /// <param name="shift">Shifts 1..40 for values, one per channel; null or empty for the sign alone.</param>
    public static FoldedNorm Complex(short[] a, long[] c, byte[]? shift = null) => Checked(new(NormKind.Complex, a.Length / 4, a, c, shift ?? [], [], []));

    /// <param name="a">Two factors per channel.</param>
    /// <param name="c">Constants, two per channel, |c| &lt; 2^47.</param>
    /// <param name="shift">Shifts 1..40 for values, one per channel; null or empty for the sign alone.</param>
    public static FoldedNorm Diagonal(short[] a, long[] c, byte[]? shift = null) => Checked(new(NormKind.Diagonal, a.Length / 2, a, c, shift ?? [], [], []));

    /// <param name="t">Thresholds, two per channel, |t| &lt; 2^47.</param>
    /// <param name="d">Inversions 0 or 1, two per channel.</param>
    public static FoldedNorm Threshold(long[] t, byte[] d) => Checked(new(NormKind.Threshold, t.Length / 2, [], [], [], t, d));

    /// <summary>Range of constants and thresholds: a signed 48-bit number whose negative is one too.</summary>
    public static bool IsSigned48(long value) => value is > -Signed48 and < Signed48;

    /// <summary>Range of a shift.</summary>
    public static bool IsShift(byte shift) => shift is >= 1 and <= LargestShift;

    /// <summary>
    /// The threshold form of a diagonal norm, equal for every accumulator. A > 0: A*acc + C >= 0 exactly when acc >= ceil(-C/A); A &lt; 0: exactly when
    /// not acc >= floor(C/-A) + 1; A = 0: the sign of C decides alone, so T lies outside every range.
    /// </summary>
    public FoldedNorm ToThreshold()
    {
        if (Kind != NormKind.Diagonal || HasValues)
        {
            throw new InvalidOperationException($"a {Kind} norm{(HasValues ? " with values" : "")} has no threshold form");
        }

        long[] t = new long[2 * Channels];
        byte[] d = new byte[2 * Channels];
        for (int row = 0; row < t.Length; row++)
        {
            long bound = A[row] switch
            {
                > 0 => -Floor(C[row], A[row]),
                < 0 => Floor(C[row], -(long)A[row]) + 1,
                _ => C[row] >= 0 ? -Signed48 : Signed48,
            };
            t[row] = Math.Clamp(bound, 1 - Signed48, Signed48 - 1);
            d[row] = A[row] < 0 ? (byte)1 : (byte)0;
        }

        return Threshold(t, d);
    }

    /// <summary>First row (2*channel real, 2*channel + 1 imaginary) whose range is not proven, or -1: the check of export and reader.</summary>
    public int FirstUnprovenRow(long accumulatorBound)
    {
        for (int row = 0; row < 2 * Channels; row++)
        {
            if (!FitsSigned48(row, accumulatorBound))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>
    /// Range proof of one row: with |acc| up to <paramref name="accumulatorBound"/> every partial sum of A1*re + A2*im + C, and of the half
    /// that rounds a value, stays below 2^47 in magnitude, so one 48-bit accumulator never wraps. A threshold only has to be a 48-bit number itself.
    /// </summary>
    public bool FitsSigned48(int row, long accumulatorBound)
    {
        Int128 factors = Kind switch
        {
            NormKind.Complex => Int128.Abs(A[2 * row]) + Int128.Abs(A[(2 * row) + 1]),
            NormKind.Diagonal => Int128.Abs(A[row]),
            _ => 0,
        };
        long half = HasValues ? 1L << (Shift[row / 2] - 1) : 0;
        return (factors * accumulatorBound) + half + Int128.Abs(Kind == NormKind.Threshold ? T[row] : C[row]) < Signed48;
    }

    /// <summary>Two bits of channel <paramref name="channel"/>: bit 0 real, bit 1 imaginary (1 = +1).</summary>
    public int Bits(int channel, long re, long im)
    {
        if (HasValues)
        {
            (short valueRe, short valueIm) = Values(channel, re, im);
            return (valueRe >= 0 ? 1 : 0) | (valueIm >= 0 ? 2 : 0);
        }

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

    /// <summary>16-bit values of channel <paramref name="channel"/>; only with shifts.</summary>
    public (short Re, short Im) Values(int channel, long re, long im)
    {
        bool complex = Kind == NormKind.Complex;
        int row = complex ? 4 * channel : 2 * channel;
        long yr = (A[row] * re) + (complex ? A[row + 1] * im : 0) + C[2 * channel];
        long yi = complex ? (A[row + 2] * re) + (A[row + 3] * im) : A[row + 1] * im;
        return (Value(yr, Shift[channel]), Value(yi + C[(2 * channel) + 1], Shift[channel]));
    }

    private static short Value(long y, byte shift) => (short)Math.Clamp((y + (1L << (shift - 1))) >> shift, short.MinValue, short.MaxValue);

    private static long Floor(long dividend, long divisor)
        => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);

    private static FoldedNorm Checked(FoldedNorm norm)
    {
        int pairs = 2 * norm.Channels;
        bool lengths = norm.Kind switch
        {
            NormKind.Complex => norm.A.Length == 2 * pairs && norm.C.Length == pairs,
            NormKind.Diagonal => norm.A.Length == pairs && norm.C.Length == pairs,
            _ => norm.T.Length == pairs && norm.D.Length == pairs,
        };
        bool shifts = norm.Shift.Length == 0 || (norm.Shift.Length == norm.Channels && Array.TrueForAll(norm.Shift, IsShift));
        if (!lengths || !shifts || !Array.TrueForAll(norm.C, IsSigned48) || !Array.TrueForAll(norm.T, IsSigned48) || Array.Exists(norm.D, static d => d > 1))
        {
            throw new ArgumentException($"a {norm.Kind} norm has two rows per channel, 48-bit constants, inversions 0 or 1 and shifts 1..40");
        }

        return norm;
    }
}
