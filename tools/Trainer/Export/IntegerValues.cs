using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>16-bit values of one layer from its accumulators: norm, shift, saturation, residual add; counts what saturates.</summary>
internal sealed unsafe class IntegerValues(ConvolutionLayer layer, FeatureBatch<short> values, FeatureBatch<short>? residual)
{
    private long normSaturations;
    private long residualSaturations;
    private long total;

    public SaturationCount Saturations => new(layer.Name, normSaturations, residualSaturations, total);

    public FeatureBatch<short> Values => values;

    /// <summary>Values of one image and their signs, +-1.</summary>
    public void Run(int image, float* sums, float* bits)
    {
        int channels = layer.OutputChannels;
        int norms = 0, adds = 0;
        short* to = values.Image(image);
        short* shortcut = residual is null ? null : residual.Image(image);
        for (int p = 0, at = 0; p < values.Shape.Pixels; p++, at += 2 * channels)
        {
            for (int c = 0; c < channels; c++)
            {
                (long re, long im) = Norm(c, (long)sums[at + c], (long)sums[at + channels + c]);
                Store(at + c, Saturated(re, ref norms), ref adds);
                Store(at + channels + c, Saturated(im, ref norms), ref adds);
            }
        }

        // Whole numbers: the order in which threads add them changes nothing.
        Interlocked.Add(ref normSaturations, norms);
        Interlocked.Add(ref residualSaturations, adds);
        Interlocked.Add(ref total, values.ImageLength);

        void Store(int i, short value, ref int saturated)
        {
            to[i] = shortcut is null ? value : Saturated(value + shortcut[i], ref saturated);
            bits[i] = to[i] >= 0 ? 1 : -1;
        }
    }

    public void Reset() => normSaturations = residualSaturations = total = 0;

    private (long Re, long Im) Norm(int channel, long re, long im)
    {
        FoldedNorm n = layer.Norm;
        long half = 1L << (n.Shift[channel] - 1);
        bool complex = n.Kind == NormKind.Complex;
        int row = (complex ? 4 : 2) * channel;
        long yr = (n.A[row] * re) + (complex ? n.A[row + 1] * im : 0) + n.C[2 * channel];
        long yi = (complex ? (n.A[row + 2] * re) + (n.A[row + 3] * im) : n.A[row + 1] * im) + n.C[(2 * channel) + 1];
        return ((yr + half) >> n.Shift[channel], (yi + half) >> n.Shift[channel]);
    }

    private static short Saturated(long value, ref int count)
    {
        short held = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
        count += held == value ? 0 : 1;
        return held;
    }
}
