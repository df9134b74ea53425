using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Counts MACs that a conventional count includes but that do nothing: taps in the padding, masked weights.</summary>
public static class LaneLosses
{
    /// <summary>MACs whose tap lies outside the map, all output channels, one plane.</summary>
    public static long Padded(ConvolutionLayer layer, MapShape computed)
    {
        long rows = Inside(computed.Height, layer.KernelHeight, layer.StrideY, layer.PaddingY, layer.InputShape.Height);
        long columns = Inside(computed.Width, layer.KernelWidth, layer.StrideX, layer.PaddingX, layer.InputShape.Width);
        return ((long)layer.Taps * layer.OutputChannels * computed.Pixels) - (rows * columns * layer.InputShape.Channels * layer.OutputChannels);
    }

    /// <summary>MACs inside the map whose weight is masked, one plane.</summary>
    public static long Masked(ConvolutionLayer layer, MapShape computed)
    {
        if (layer.Weights.Mask is null)
        {
            return 0;
        }

        long masked = 0;
        for (int ky = 0; ky < layer.KernelHeight; ky++)
        {
            long rows = InsideAt(ky, computed.Height, layer.StrideY, layer.PaddingY, layer.InputShape.Height);
            for (int kx = 0; kx < layer.KernelWidth; kx++)
            {
                long columns = InsideAt(kx, computed.Width, layer.StrideX, layer.PaddingX, layer.InputShape.Width);
                int tap = ((ky * layer.KernelWidth) + kx) * layer.InputShape.Channels;
                masked += rows * columns * MaskedTaps(layer, tap);
            }
        }

        return masked;
    }

    private static int MaskedTaps(ConvolutionLayer layer, int firstTap)
    {
        int count = 0;
        for (int row = 0; row < layer.OutputChannels; row++)
        {
            for (int c = 0; c < layer.InputShape.Channels; c++)
            {
                count += layer.Weights.Kept(row, firstTap + c) ? 0 : 1;
            }
        }

        return count;
    }

    private static long Inside(int outputs, int kernel, int stride, int padding, int inputs)
    {
        long inside = 0;
        for (int k = 0; k < kernel; k++)
        {
            inside += InsideAt(k, outputs, stride, padding, inputs);
        }

        return inside;
    }

    /// <summary>Output positions at which kernel position k lies inside the map.</summary>
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
