using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Plans the reads that build one window of one plane: kernel rows, columns and channel words in tap order, those without a kept tap left out.</summary>
public static class WindowSteps
{
    /// <param name="layer">Kernel, channels and kept taps.</param>
    /// <param name="wordChannels">Channels of a buffer word.</param>
    /// <param name="run">Kernel columns of one read; 1 where a pixel has several words.</param>
    public static IReadOnlyList<WindowStep> Of(ConvolutionLayer layer, int wordChannels, int run)
    {
        List<WindowStep> steps = [];
        int channels = layer.InputShape.Channels;
        int words = (channels + wordChannels - 1) / wordChannels;
        ReadOnlySpan<int> kept = layer.KeptTaps;
        for (int ky = 0; ky < layer.KernelHeight; ky++)
        {
            for (int kx = 0; kx < layer.KernelWidth; kx += run)
            {
                for (int word = 0; word < words; word++)
                {
                    int columns = Math.Min(run, layer.KernelWidth - kx);
                    int taps = words == 1 ? columns * channels : Math.Min(wordChannels, channels - (word * wordChannels));
                    int first = (((ky * layer.KernelWidth) + kx) * channels) + (word * wordChannels);
                    ulong keep = layer.KeptTaps is null ? AllOnes(taps) : Keep(ref kept, first, taps);
                    if (keep != 0)
                    {
                        steps.Add(new WindowStep(ky, kx, columns, word, taps, keep));
                    }
                }
            }
        }

        return steps;
    }

    private static ulong AllOnes(int taps) => ulong.MaxValue >> (64 - taps);

    /// <summary>Takes the kept taps of first .. first + taps - 1 from the head of the rising list.</summary>
    private static ulong Keep(ref ReadOnlySpan<int> kept, int first, int taps)
    {
        ulong keep = 0;
        while (kept.Length > 0 && kept[0] < first + taps)
        {
            keep |= 1UL << (kept[0] - first);
            kept = kept[1..];
        }

        return keep;
    }
}
