using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>
/// Counts of one layer and one plane: conventional MACs over the computed map and what of them does nothing, taps in the padding and
/// masked weights. Blocks that are not sent count nowhere.
/// </summary>
/// <param name="MultiplyAccumulates">Taps of the words sent x channels x pixels.</param>
/// <param name="Padded">MACs whose tap lies outside the map.</param>
/// <param name="Masked">MACs inside the map whose weight is masked.</param>
public readonly record struct LaneLosses(long MultiplyAccumulates, long Padded, long Masked)
{
    /// <param name="layer">Layer; its weights are read only where there is a mask.</param>
    /// <param name="computed">Map computed.</param>
    /// <param name="words">Words sent.</param>
    /// <param name="lanes">Po and Pi.</param>
    public static LaneLosses Of(ConvolutionLayer layer, MapShape computed, WordLists words, (int Output, int Input) lanes)
    {
        long[] inside = InsideByPosition(layer, computed);
        long pixels = computed.Pixels;
        if (layer.Weights.Mask is null)
        {
            long all = (long)layer.Taps * layer.OutputChannels * pixels;
            return new LaneLosses(all, all - (layer.OutputChannels * InsideTaps(layer, inside)), 0);
        }

        LaneLosses sum = default;
        for (int group = 0; (long)group * lanes.Output < layer.OutputChannels; group++)
        {
            int first = group * lanes.Output;
            int rows = Math.Min(lanes.Output, layer.OutputChannels - first);
            foreach (int word in words.Of(group))
            {
                for (int tap = word * lanes.Input; tap < Math.Min((word + 1) * lanes.Input, layer.Taps); tap++)
                {
                    long here = inside[layer.TapOf(tap) / layer.InputShape.Channels];
                    sum = new LaneLosses(
                        sum.MultiplyAccumulates + (rows * pixels), sum.Padded + (rows * (pixels - here)), sum.Masked + (MaskedRows(layer.Weights, first, rows, tap) * here));
                }
            }
        }

        return sum;
    }

    private static long MaskedRows(QuadrantTensor weights, int first, int rows, int tap)
    {
        int count = 0;
        for (int row = first; row < first + rows; row++)
        {
            count += weights.Kept(row, tap) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Taps that lie inside the map, over all output positions, for one output channel.</summary>
    private static long InsideTaps(ConvolutionLayer layer, long[] inside)
    {
        if (layer.KeptTaps is null)
        {
            return inside.Sum() * layer.InputShape.Channels;
        }

        long sum = 0;
        foreach (int tap in layer.KeptTaps)
        {
            sum += inside[tap / layer.InputShape.Channels];
        }

        return sum;
    }

    /// <summary>Output positions at which each kernel position lies inside the map.</summary>
    private static long[] InsideByPosition(ConvolutionLayer layer, MapShape computed)
    {
        long[] inside = new long[layer.KernelHeight * layer.KernelWidth];
        long[] columns = new long[layer.KernelWidth];
        for (int kx = 0; kx < columns.Length; kx++)
        {
            columns[kx] = InsideAt(kx, computed.Width, layer.StrideX, layer.PaddingX, layer.InputShape.Width);
        }

        for (int ky = 0; ky < layer.KernelHeight; ky++)
        {
            long rows = InsideAt(ky, computed.Height, layer.StrideY, layer.PaddingY, layer.InputShape.Height);
            for (int kx = 0; kx < columns.Length; kx++)
            {
                inside[(ky * columns.Length) + kx] = rows * columns[kx];
            }
        }

        return inside;
    }

    /// <summary>Output positions at which kernel position k lies inside the map, on one axis.</summary>
    private static long InsideAt(int k, int outputs, int stride, int padding, int inputs)
    {
        long count = 0;
        for (int o = 0; o < outputs; o++)
        {
            int position = (o * stride) + k - padding;
            count += position >= 0 && position < inputs ? 1 : 0;
        }

        return count;
    }
}
