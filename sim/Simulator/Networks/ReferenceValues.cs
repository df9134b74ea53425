using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>16-bit values of the reference executor: folded norm, shift with rounding, residual add, each saturating and counted.</summary>
internal sealed class ReferenceValues
{
    private const long Signed48 = 1L << 47;
    private readonly short[] re;
    private readonly short[] im;
    private long normSaturations;
    private long residualSaturations;

    /// <param name="norm">Norm with shifts.</param>
    /// <param name="sumRe">Real sums, layout [pixel][channel].</param>
    /// <param name="sumIm">Imaginary sums.</param>
    /// <param name="residual">Values of an earlier layer, added to this one's; null: none.</param>
    public ReferenceValues(FoldedNorm norm, int[] sumRe, int[] sumIm, (short[] Re, short[] Im)? residual)
    {
        re = new short[sumRe.Length];
        im = new short[sumIm.Length];
        for (int i = 0; i < re.Length; i++)
        {
            int channel = i % norm.Channels;
            (long yr, long yi) = Affine(norm, channel, sumRe[i], sumIm[i]);
            re[i] = Saturate(Shift(yr, norm.Shift[channel]), ref normSaturations);
            im[i] = Saturate(Shift(yi, norm.Shift[channel]), ref normSaturations);
            if (residual is { } other)
            {
                re[i] = Saturate((long)re[i] + other.Re[i], ref residualSaturations);
                im[i] = Saturate((long)im[i] + other.Im[i], ref residualSaturations);
            }
        }
    }

    /// <summary>The map with its values and the signs of these.</summary>
    public ReferenceMap Map(string layer, MapShape shape, long largestAccumulator, (int[] Re, int[] Im)? accumulators)
        => new(layer, shape, Signs(re), Signs(im), largestAccumulator, accumulators)
        {
            Values = (re, im),
            NormSaturations = normSaturations,
            ResidualSaturations = residualSaturations,
        };

    private static (long Re, long Im) Affine(FoldedNorm norm, int channel, long re, long im)
    {
        ReadOnlySpan<long> c = norm.C.AsSpan(2 * channel, 2);
        if (norm.Kind == NormKind.Diagonal)
        {
            return ((norm.A[2 * channel] * re) + c[0], (norm.A[(2 * channel) + 1] * im) + c[1]);
        }

        ReadOnlySpan<short> a = norm.A.AsSpan(4 * channel, 4);
        return ((a[0] * re) + (a[1] * im) + c[0], (a[2] * re) + (a[3] * im) + c[1]);
    }

    /// <summary>floor(y / 2^s + 1/2).</summary>
    private static long Shift(long y, int s)
    {
        long rounded = y + (1L << (s - 1));
        return rounded is > -Signed48 and < Signed48 ? rounded >> s : throw new InvalidOperationException($"norm value {rounded} leaves 48 bits");
    }

    private static short Saturate(long value, ref long saturations)
    {
        if (value is >= short.MinValue and <= short.MaxValue)
        {
            return (short)value;
        }

        saturations++;
        return value < 0 ? short.MinValue : short.MaxValue;
    }

    private static sbyte[] Signs(short[] values) => Array.ConvertAll(values, static v => (sbyte)(v >= 0 ? 1 : -1));
}
