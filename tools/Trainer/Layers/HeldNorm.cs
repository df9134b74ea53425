using BcnnSim.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// A norm with the coefficients the machine holds, for the evaluation of a network whose values lie on a grid: (A acc + C) / 2^s in
/// double precision, rounded half up and saturated to 16 bits, over 2^F. What is left between float and integer network then is
/// the rounding of single precision in the other layers, and the head.
/// </summary>
/// <param name="norm">Folded, with values.</param>
/// <param name="scale">Accumulator times this is what the norm reads.</param>
/// <param name="fractionBits">F.</param>
public sealed unsafe class HeldNorm<T>(FoldedNorm norm, double scale, int fractionBits)
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    public void Forward(FeatureBatch<T> x, FeatureBatch<T> output, T[] mask, int first, int images)
    {
        int c = norm.Channels;
        for (int n = first; n < first + images; n++)
        {
            T* from = x.Image(n);
            T* to = output.Image(n);
            for (int p = 0; p < x.Shape.Pixels; p++, from += 2 * c, to += 2 * c)
            {
                for (int channel = 0; channel < c; channel++)
                {
                    // Accumulators are whole; the scale of the first layer is not a power of two.
                    double re = Math.Round(double.CreateChecked(from[channel]) / scale), im = Math.Round(double.CreateChecked(from[c + channel]) / scale);
                    to[channel] = Value(2 * channel, re, im) * mask[channel];
                    to[c + channel] = Value((2 * channel) + 1, re, im) * mask[channel];
                }
            }
        }
    }

    private T Value(int row, double re, double im)
    {
        double sum = norm.Kind == NormKind.Diagonal ? norm.A[row] * (row % 2 == 0 ? re : im) : (norm.A[2 * row] * re) + (norm.A[(2 * row) + 1] * im);
        double y = Math.ScaleB(sum + norm.C[row], -norm.Shift[row / 2]);
        return T.CreateChecked(Math.ScaleB(Math.Clamp(Math.Floor(y + 0.5), short.MinValue, short.MaxValue), -fractionBits));
    }
}
