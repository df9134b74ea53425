namespace BcnnSim.Networks;

/// <summary>
/// Host transform "learned-imaginary": the imaginary part of a real image, pixel by pixel, in float32:
/// <code>
/// h[c] = max(0, x[c]*Scale1[c] + Shift1[c])      z[o] = h[0]*Weight1[o,0] + h[1]*Weight1[o,1] + ...
/// g[o] = max(0, z[o]*Scale2[o] + Shift2[o])      y[k] = g[0]*Weight2[k,0] + g[1]*Weight2[k,1] + ... + Bias[k]
/// u[k] = floor((clip(y[k]) + 1)/2*(2^P - 1) + 0.5), the last line in double
/// </code>
/// Every product and sum is rounded to float32 in this order, nothing is fused, so every host packs the same frames. The two
/// batch norms of the training are folded into the scales and shifts. The accelerator sees the packed frames only.
/// </summary>
/// <param name="Channels">C.</param>
/// <param name="Scale1">[C].</param>
/// <param name="Shift1">[C].</param>
/// <param name="Weight1">[C, C], output channel outermost.</param>
/// <param name="Scale2">[C].</param>
/// <param name="Shift2">[C].</param>
/// <param name="Weight2">[C, C], output channel outermost.</param>
/// <param name="Bias">[C].</param>
public sealed record LearnedImaginary(
    int Channels, float[] Scale1, float[] Shift1, float[] Weight1, float[] Scale2, float[] Shift2, float[] Weight2, float[] Bias)
{
    /// <summary>Name of the transform in network.json.</summary>
    public const string TransformName = "learned-imaginary";

    /// <summary>Grid integers of the imaginary parts of one pixel from the grid integers of its real parts; P = <paramref name="inputBits"/>.</summary>
    public void Apply(ReadOnlySpan<byte> re, Span<byte> im, int inputBits)
    {
        int steps = (1 << inputBits) - 1;
        Span<float> values = stackalloc float[Channels];
        Span<float> mixed = stackalloc float[Channels];
        for (int c = 0; c < Channels; c++)
        {
            float x = ((2 * re[c]) - steps) / (float)steps;
            values[c] = MathF.Max(0, (x * Scale1[c]) + Shift1[c]);
        }

        Mix(values, Weight1, mixed);
        for (int c = 0; c < Channels; c++)
        {
            values[c] = MathF.Max(0, (mixed[c] * Scale2[c]) + Shift2[c]);
        }

        Mix(values, Weight2, mixed);
        for (int c = 0; c < Channels; c++)
        {
            double y = mixed[c] + Bias[c];
            im[c] = (byte)Math.Floor(((Math.Clamp(y, -1, 1) + 1) / 2 * steps) + 0.5);
        }
    }

    private static void Mix(ReadOnlySpan<float> values, float[] weights, Span<float> sums)
    {
        for (int o = 0; o < sums.Length; o++)
        {
            float sum = values[0] * weights[o * values.Length];
            for (int c = 1; c < values.Length; c++)
            {
                sum += values[c] * weights[(o * values.Length) + c];
            }

            sums[o] = sum;
        }
    }
}
