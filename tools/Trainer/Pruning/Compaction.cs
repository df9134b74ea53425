using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// The hard prune of channels in two equal forms, of any arithmetic. Masked: the activated output of a removed channel is 0 (not
/// +-1), which is what its consumers see at a padded border too. Compacted: the channel leaves the shapes. Integer sums are the same
/// bits; sums of reals round in blocks of taps, which compaction moves.
/// </summary>
public static class Compaction
{
    public static void Mask(INetwork net, IReadOnlyList<int[]> kept)
    {
        CheckTies(net.Shape, kept);
        for (int i = 0; i < kept.Count; i++)
        {
            PrunableWeights<float> layer = net.Prunable[i];
            Keep(layer.ChannelMask, kept[i]);
            Keep(layer.Gate, Taps(layer.Shape, kept[i], Inputs(net, kept, i)));
        }
    }

    /// <summary>A smaller network with the kept weights, norms and statistics; the caller owns it.</summary>
    public static TNet Compact<TNet>(TNet net, IReadOnlyList<int[]> kept)
        where TNet : INetwork
    {
        CheckTies(net.Shape, kept);
        var small = (TNet)net.WithShape(net.Shape.WithChannels([.. kept.Select(k => k.Length)]));
        for (int i = 0; i < kept.Count; i++)
        {
            (PrunableWeights<float> from, PrunableWeights<float> to) = (net.Prunable[i], small.Prunable[i]);
            PickAll(from.Parts, to.Parts, Taps(from.Shape, kept[i], Inputs(net, kept, i)));
            foreach ((float[] source, float[] target) in from.ChannelState.Zip(to.ChannelState))
            {
                Pick(source, target, Parts(kept[i], from.Shape.OutputChannels, source.Length / from.Shape.OutputChannels));
            }
        }

        CopyHead(net.Head, small.Head, kept[^1], net.Shape.Layers[^1].OutputChannels);
        if (net is ComplexNet<float> { Imaginary.State: { } imaginary } && small is ComplexNet<float> { Imaginary.State: { } copy })
        {
            copy.CopyFrom(imaginary);
        }

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

    // Channels of the frame all stay.
    private static int[] Inputs(INetwork net, IReadOnlyList<int[]> kept, int layer) =>
        net.Shape.ReadsFrame(layer) ? [.. Enumerable.Range(0, net.Shape.Layers[layer].Input.Channels)] : kept[net.Shape.Links[layer].Source];

    // Where the kept weights of [Cout, T] lie, in order.
    private static int[] Taps(ConvolutionShape shape, int[] outputs, int[] inputs)
    {
        int window = shape.KernelHeight * shape.KernelWidth;
        int wide = shape.Input.Channels;
        return
        [
            .. from o in outputs
               from position in Enumerable.Range(0, window)
               from c in inputs
               select (o * shape.Taps) + (position * wide) + c,
        ];
    }

    // Of [parts][channels].
    private static int[] Parts(int[] kept, int channels, int parts) => [.. Enumerable.Range(0, parts).SelectMany(part => kept.Select(c => (part * channels) + c))];

    private static void CopyHead(ClassifierHead<float> from, ClassifierHead<float> to, int[] kept, int channels)
    {
        int[] row = Parts(kept, channels, from.Features / channels);
        for (int k = 0; k < from.Classes; k++)
        {
            Pick(from.Weight.AsSpan(k * from.Features, from.Features), to.Weight.AsSpan(k * to.Features, to.Features), row);
        }

        from.Gain.CopyTo(to.Gain, 0);
        from.Shift.CopyTo(to.Shift, 0);
        from.RunningMean.CopyTo(to.RunningMean, 0);
        from.RunningVariance.CopyTo(to.RunningVariance, 0);
    }

    private static void Keep(float[] factors, int[] indices)
    {
        Array.Clear(factors);
        foreach (int i in indices)
        {
            factors[i] = 1;
        }
    }

    private static void PickAll(float[][] from, float[][] to, int[] indices)
    {
        for (int part = 0; part < from.Length; part++)
        {
            Pick(from[part], to[part], indices);
        }
    }

    private static void Pick(ReadOnlySpan<float> from, Span<float> to, int[] indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            to[i] = from[indices[i]];
        }
    }
}
