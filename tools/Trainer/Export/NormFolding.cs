using BcnnSim.Numerics;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// CGBN with its running statistics as integers: y = A acc + C per channel, A int16, C 48 bit. For values the factor of a channel
/// is a power of two and coefficients round half to even; for bits see <see cref="Fold"/>. A component whose variance is below
/// 1e-3 in accumulator units is constant: its column of A is 0.
/// </summary>
internal static class NormFolding
{
    private const double LeastVariance = 1e-3;
    private const double LargestCoefficient = 32767;
    private const int LargestShift = 40;

    // One bit below the 2^47 of the proof, so that rounding up cannot break it.
    private const double LargestSum = 1L << 46;

    /// <summary>
    /// For bits: every row by its own positive factor, for only the sign of y matters. The two coefficients are the fraction nearest
    /// to the trained ratio with both parts in int16, off by less than 2^-15 / denominator, where one factor for all four would
    /// leave 2^-16 of the largest. The constant is rounded down: A acc is whole, so the sign is then that of the unrounded constant.
    /// </summary>
    /// <param name="state">Trained norm.</param>
    /// <param name="scale">Accumulator times this is what the norm was trained on.</param>
    /// <param name="bound">Largest |acc|.</param>
    public static FoldedNorm Fold(NormState<float> state, double scale, long bound)
    {
        var a = new short[4 * state.Channels];
        var c = new long[2 * state.Channels];
        for (int channel = 0; channel < state.Channels; channel++)
        {
            (double[] row, double[] constant) = Real(state, channel, scale);
            for (int part = 0; part < 2; part++)
            {
                int at = (2 * channel) + part;
                (a[2 * at], a[(2 * at) + 1], c[at]) = SignRow(row[2 * part], row[(2 * part) + 1], constant[part], bound);
            }
        }

        return Proven(Form(state, a, c), bound);
    }

    /// <summary>
    /// Values with <paramref name="fractionBits"/>: v 2^f = (A acc + C) / 2^s, so A and C are the trained ones times 2^(f + s),
    /// and s is the largest of 1..40 with which they fit: the most exact. C takes up what rounding A changes at the mean accumulator.
    /// </summary>
    public static FoldedNorm FoldValues(NormState<float> state, double scale, long bound, int fractionBits)
    {
        var a = new short[4 * state.Channels];
        var c = new long[2 * state.Channels];
        var shift = new byte[state.Channels];
        for (int channel = 0; channel < state.Channels; channel++)
        {
            (double[] row, double[] constant) = Real(state, channel, scale);
            int bits = Math.Min(Room(row, constant, bound), fractionBits + LargestShift);
            if (bits <= fractionBits)
            {
                throw new InvalidOperationException($"channel {channel}: {fractionBits} fraction bits leave its coefficients no shift");
            }

            shift[channel] = (byte)(bits - fractionBits);
            double re = state.RunningMean[channel] / scale, im = state.RunningMean[state.Channels + channel] / scale;
            double factor = Math.ScaleB(1, bits);
            for (int part = 0; part < 2; part++)
            {
                int at = (2 * channel) + part;
                (a[2 * at], double restRe) = Rounded(row[2 * part] * factor);
                (a[(2 * at) + 1], double restIm) = Rounded(row[(2 * part) + 1] * factor);
                c[at] = (long)Math.Round((constant[part] * factor) + (restRe * re) + (restIm * im), MidpointRounding.ToEven);
            }
        }

        return Proven(Form(state, a, c, shift), bound);
    }

    /// <summary>Most fraction bits with which every channel still has a shift of at least 1.</summary>
    public static int MostFractionBits(NormState<float> state, double scale, long bound)
    {
        int most = int.MaxValue;
        for (int channel = 0; channel < state.Channels; channel++)
        {
            (double[] row, double[] constant) = Real(state, channel, scale);
            most = Math.Min(most, Room(row, constant, bound) - 1);
        }

        return most;
    }

    // With g_i = 0 the coefficients between the components are 0: a diagonal norm holds the others alone.
    private static FoldedNorm Form(NormState<float> state, short[] a, long[] c, byte[]? shift = null) => state.IsDiagonal
        ? FoldedNorm.Diagonal([.. Enumerable.Range(0, 2 * state.Channels).Select(row => a[(2 * row) + (row % 2)])], c, shift)
        : FoldedNorm.Complex(a, c, shift);

    private static (short First, short Second, long Constant) SignRow(double first, double second, double constant, long bound)
    {
        double top = Math.Max(Math.Abs(first), Math.Abs(second));
        double reach = Math.Abs(constant) + ((Math.Abs(first) + Math.Abs(second)) * bound);
        int limit = top > 0 ? (int)Math.Min(LargestCoefficient, LargestSum * top / reach) : 0;
        if (limit == 0)
        {
            // No room beside the constant, or nothing but the constant.
            return (0, 0, constant >= 0 ? 0 : -1);
        }

        bool swap = Math.Abs(second) > Math.Abs(first);
        Fraction ratio = Fraction.Nearest(Math.Abs(swap ? first : second) / top, limit);
        long large = limit / ratio.Denominator * ratio.Denominator, small = limit / ratio.Denominator * ratio.Numerator;
        return (
            (short)Math.CopySign(swap ? small : large, first), (short)Math.CopySign(swap ? large : small, second),
            (long)Math.Floor(constant * (large / top)));
    }

    // Largest power of two that rows and constants may be multiplied by. The half that rounds needs no room: it is less than
    // the 2^46 between the largest sum and the end of the range.
    private static int Room(double[] row, double[] constant, long bound)
    {
        (double top, double reach) = Largest(row, constant, bound);
        double factor = Math.Min(top > 0 ? LargestCoefficient / top : double.MaxValue, reach > 0 ? LargestSum / reach : double.MaxValue);
        return (int)Math.Floor(Math.Log2(factor));
    }

    private static (double Coefficient, double Sum) Largest(double[] row, double[] constant, long bound) => (
        row.Max(Math.Abs),
        Math.Max(Math.Abs(constant[0]) + ((Math.Abs(row[0]) + Math.Abs(row[1])) * bound), Math.Abs(constant[1]) + ((Math.Abs(row[2]) + Math.Abs(row[3])) * bound)));

    private static (short Whole, double Lost) Rounded(double value)
    {
        short whole = (short)Math.Round(value, MidpointRounding.ToEven);
        return (whole, value - whole);
    }

    // Export proof: |A1| max|acc| + |A2| max|acc| + |C| (and the half that rounds) < 2^47 for each row, in integers.
    private static FoldedNorm Proven(FoldedNorm norm, long bound)
    {
        int row = norm.FirstUnprovenRow(bound);
        return row < 0 ? norm : throw new InvalidOperationException($"row {row}: |A||acc| + |C| reaches 2^47 with |acc| up to {bound}");
    }

    private static (double[] Rows, double[] Constants) Real(NormState<float> state, int channel, double scale)
    {
        double Inverse(int lane) => state.RunningVariance[lane] / (scale * scale) < LeastVariance
            ? 0
            : 1 / Math.Sqrt((2.0 * state.RunningVariance[lane]) + NormActivation<float>.Epsilon);
        int other = state.Channels + channel;
        double inverseRe = Inverse(channel), inverseIm = Inverse(other);
        double gainRe = state.GainRe[channel], gainIm = state.GainIm[channel];
        double meanRe = state.RunningMean[channel] * inverseRe, meanIm = state.RunningMean[other] * inverseIm;
        return (
            [gainRe * inverseRe * scale, -gainIm * inverseIm * scale, gainIm * inverseRe * scale, gainRe * inverseIm * scale],
            [state.ShiftRe[channel] - (gainRe * meanRe) + (gainIm * meanIm), state.ShiftIm[channel] - (gainIm * meanRe) - (gainRe * meanIm)]);
    }
}
