using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// The hard prune in two equal forms. Masked: the binarized output of a removed channel is 0 (not +-1), which is what its
/// consumers see at a padded border too. Compacted: the channel leaves the shapes.
/// </summary>
public static class Compaction
{
    public static void Mask(ComplexNet<float> net, IReadOnlyList<int[]> kept)
    {
        CheckTies(net.Shape, kept);
        for (int i = 0; i < net.Norms.Count; i++)
        {
            Array.Clear(net.Norms[i].State.Mask);
            foreach (int channel in kept[i])
            {
                net.Norms[i].State.Mask[channel] = 1;
            }
        }
    }

    /// <summary>A smaller network with the kept weights, norms and statistics; the caller owns it.</summary>
    public static ComplexNet<float> Compact(ComplexNet<float> net, IReadOnlyList<int[]> kept)
    {
        CheckTies(net.Shape, kept);
        var small = new ComplexNet<float>(net.Shape.WithChannels([.. kept.Select(k => k.Length)]), net.Batch);
        int[] frame = [.. Enumerable.Range(0, net.Shape.Input.Channels)];
        for (int i = 0; i < kept.Count; i++)
        {
            CopyWeights(net.Convolutions[i], small.Convolutions[i], kept[i], net.Shape.ReadsFrame(i) ? frame : kept[net.Shape.Links[i].Source]);
            CopyNorm(net.Norms[i].State, small.Norms[i].State, kept[i]);
        }

        CopyHead(net.Head, small.Head, kept[^1]);
        small.Imaginary?.State.CopyFrom(net.Imaginary!.State);
        small.Refresh();
        return small;
    }

    private static void CheckTies(NetShape shape, IReadOnlyList<int[]> kept)
    {
        int[] ties = shape.Ties();
        for (int i = 0; i < ties.Length; i++)
        {
            if (!kept[i].AsSpan().SequenceEqual(kept[ties[i]]))
            {
                throw new ArgumentException($"layers {i} and {ties[i]} are added together and must keep the same channels");
            }
        }
    }

    private static void CopyWeights(BinaryConvolution<float> from, BinaryConvolution<float> to, int[] outputs, int[] inputs)
    {
        int window = from.Shape.KernelHeight * from.Shape.KernelWidth;
        int wide = from.Shape.Input.Channels;
        int at = 0;
        foreach (int o in outputs)
        {
            for (int position = 0; position < window; position++)
            {
                foreach (int c in inputs)
                {
                    int source = (o * from.Shape.Taps) + (position * wide) + c;
                    to.WeightRe[at] = from.WeightRe[source];
                    to.WeightIm[at++] = from.WeightIm[source];
                }
            }
        }
    }

    private static void CopyNorm(NormState<float> from, NormState<float> to, int[] kept)
    {
        int[] parts = [.. kept, .. kept.Select(c => c + from.Channels)];
        Pick(from.GainRe, to.GainRe, kept);
        Pick(from.GainIm, to.GainIm, kept);
        Pick(from.ShiftRe, to.ShiftRe, kept);
        Pick(from.ShiftIm, to.ShiftIm, kept);
        Pick(from.RunningMean, to.RunningMean, parts);
        Pick(from.RunningVariance, to.RunningVariance, parts);
    }

    private static void CopyHead(ClassifierHead<float> from, ClassifierHead<float> to, int[] kept)
    {
        int half = from.Features / 2;
        for (int k = 0; k < from.Classes; k++)
        {
            int[] row = [.. kept.Select(c => (k * from.Features) + c), .. kept.Select(c => (k * from.Features) + half + c)];
            Pick(from.Weight, to.Weight.AsSpan(k * to.Features, to.Features), row);
        }

        from.Gain.CopyTo(to.Gain, 0);
        from.Shift.CopyTo(to.Shift, 0);
        from.RunningMean.CopyTo(to.RunningMean, 0);
        from.RunningVariance.CopyTo(to.RunningVariance, 0);
    }

    private static void Pick(float[] from, Span<float> to, int[] indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            to[i] = from[indices[i]];
        }
    }
}
