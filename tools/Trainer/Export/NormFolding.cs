using BcnnSim.Numerics;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// CGBN with its running statistics as integers: y = A acc + C per channel, A int16, C 48 bit, each channel times one
/// positive factor (only the sign of y matters). A component whose variance is below 1e-3 in accumulator units is constant:
/// its column of A is 0. Coefficients round half to even.
/// </summary>
internal static class NormFolding
{
    private const double LeastVariance = 1e-3;
    private const double LargestCoefficient = 32767;

    // One bit below the 2^47 of the proof, so that rounding up cannot break it.
    private const double LargestSum = 1L << 46;

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
            double top = row.Max(Math.Abs);
            double reach = Math.Max(Math.Abs(constant[0]) + ((Math.Abs(row[0]) + Math.Abs(row[1])) * bound), Math.Abs(constant[1]) + ((Math.Abs(row[2]) + Math.Abs(row[3])) * bound));
            double factor = Math.Min(top > 0 ? LargestCoefficient / top : double.MaxValue, reach > 0 ? LargestSum / reach : 1);
            for (int i = 0; i < 4; i++)
            {
                a[(4 * channel) + i] = (short)Math.Round(row[i] * factor, MidpointRounding.ToEven);
            }

            c[2 * channel] = (long)Math.Round(constant[0] * factor, MidpointRounding.ToEven);
            c[(2 * channel) + 1] = (long)Math.Round(constant[1] * factor, MidpointRounding.ToEven);
        }

        var norm = FoldedNorm.Complex(a, c);
        for (int row = 0; row < 2 * state.Channels; row++)
        {
            // Export proof: |A1| max|acc| + |A2| max|acc| + |C| < 2^47 for each row, in integers.
            if (!norm.FitsSigned48(row, bound))
            {
                throw new InvalidOperationException($"row {row}: |A||acc| + |C| reaches 2^47 with |acc| up to {bound}");
            }
        }

        return norm;
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
