using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>Signs and gates of one convolution as a network file holds them: [Cout, T], LSB first, pad bits 0, sign(0) = +1 = bit 1.</summary>
internal static class GatedWeights
{
    /// <summary>Weights that stay.</summary>
    /// <exception cref="InputException">A gate is neither 0 nor 1: a weight of one bit cannot be scaled.</exception>
    public static long Kept(string name, float[] gate)
    {
        long kept = 0;
        for (int i = 0; i < gate.Length; i++)
        {
            kept += gate[i] switch
            {
                1 => 1,
                0 => 0,
                _ => throw new InputException("network", $"{name}.gate", FormattableString.Invariant($"element {i} = {gate[i]:R}"), "gates are 0 or 1 in the machine", "Prune hard before the export"),
            };
        }

        return kept;
    }

    /// <summary>Every tap, and a mask where a weight is gone.</summary>
    public static QuadrantTensor Masked(string name, BinaryConvolution<float> convolution)
    {
        ConvolutionShape s = convolution.Shape;
        int[] all = [.. Enumerable.Range(0, s.Taps)];
        byte[]? mask = Kept(name, convolution.Gate) == s.Weights ? null : Bits(convolution, all, (_, gate) => gate > 0);
        return Columns(convolution, all) with { Mask = mask };
    }

    /// <summary>Column pruning: the taps that stay in all filters, and their weights alone; no list where all stay.</summary>
    public static (int[]? KeptTaps, QuadrantTensor Weights) Compacted(string name, BinaryConvolution<float> convolution)
    {
        _ = Kept(name, convolution.Gate);
        int taps = convolution.Shape.Taps;
        ReadOnlySpan<float> first = convolution.Gate.AsSpan(0, taps);
        for (int o = 1; o < convolution.Shape.OutputChannels; o++)
        {
            if (!convolution.Gate.AsSpan(o * taps, taps).SequenceEqual(first))
            {
                throw new InputException("network", $"{name}.gate", $"filter {o}", "column pruning removes the same taps from every filter", "State the structure that the network was pruned in");
            }
        }

        int[] kept = [.. Enumerable.Range(0, taps).Where(t => convolution.Gate[t] > 0)];
        return kept.Length switch
        {
            0 => throw new InputException("network", $"{name}.gate", "no tap is kept", "at least one tap is kept", "Prune less"),
            _ when kept.Length == taps => (null, Columns(convolution, kept)),
            _ => (kept, Columns(convolution, kept)),
        };
    }

    // A weight that is gone has bits 0, whatever it was.
    private static QuadrantTensor Columns(BinaryConvolution<float> convolution, int[] columns) => new(
        convolution.Shape.OutputChannels, columns.Length,
        Bits(convolution, columns, (i, gate) => gate > 0 && convolution.WeightRe[i] >= 0),
        Bits(convolution, columns, (i, gate) => gate > 0 && convolution.WeightIm[i] >= 0), null);

    private static byte[] Bits(BinaryConvolution<float> convolution, int[] columns, Func<int, float, bool> bit)
    {
        (int rows, int taps) = (convolution.Shape.OutputChannels, convolution.Shape.Taps);
        int rowBytes = (columns.Length + 7) / 8;
        var bytes = new byte[rows * rowBytes];
        for (int o = 0; o < rows; o++)
        {
            for (int k = 0; k < columns.Length; k++)
            {
                int i = (o * taps) + columns[k];
                bytes[(o * rowBytes) + (k / 8)] |= (byte)((bit(i, convolution.Gate[i]) ? 1 : 0) << (k % 8));
            }
        }

        return bytes;
    }
}
