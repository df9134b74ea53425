using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>Gradient of the mask that multiplies the binarized outputs of a layer, for gates of whole channels.</summary>
internal static class MaskGradients
{
    // Channels of one part: a line of the cache.
    private const int PartChannels = 16;

    /// <summary>
    /// Sets <paramref name="target"/>, [C], from the map, mask times activation, and the gradient of the map: their product is the mask times
    /// what is wanted, 0 where the mask is. Each channel is summed in double in the order of the pixels, whichever thread does it.
    /// </summary>
    public static void Set<T>(FeatureBatch<T> map, FeatureBatch<T> gradient, T[] mask, T[] target, WorkSplit work)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        work.RunParts(WorkSplit.Pieces(mask.Length, PartChannels), (part, _) =>
        {
            int first = part * PartChannels, channels = Math.Min(PartChannels, mask.Length - first);
            ReadOnlySpan<T> m = map.Values[..(map.Count * map.ImageLength)], g = gradient.Values[..m.Length];
            Span<double> sums = stackalloc double[channels];
            for (int at = first; at < m.Length; at += mask.Length)
            {
                for (int c = 0; c < channels; c++)
                {
                    sums[c] += double.CreateChecked(m[at + c] * g[at + c]);
                }
            }

            for (int c = 0; c < channels; c++)
            {
                target[first + c] = mask[first + c] == T.Zero ? T.Zero : T.CreateChecked(sums[c]) / mask[first + c];
            }
        });
}
