using BcnnSim.Numerics;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// A real binary network as a complex one that the machine runs, bit for bit: every real bit x as x + ix and every weight w as
/// w - iw, so that Re((w - iw)(x + ix)) = 2wx, a complex lane for a real product. The first layer takes the two parts of the frame, which the
/// real network reads as two channels, at once: Re((a - ib)(x + iy)) = ax + by, a lane for two. Norms read the real sum and write its bit to both parts.
/// </summary>
internal static class RealEmbedding
{
    /// <summary>What <see cref="Covers"/> asks for, in words.</summary>
    public static readonly string Rule =
        $"must be complex-binary, or real-binary of both parts with sign, batch norm, no values, no maximum pooling, {LeastChannels} channels or more in every layer and both parts of a frame's channel kept or removed together: the machine computes nothing else";

    // Beside it an imaginary sum of any network vanishes, in float and in integers.
    private static readonly float Endless = float.ScaleB(1, 100);

    /// <summary>Of every layer of a complex network.</summary>
    public static int LeastChannels => NormActivation<float>.LeastChannels;

    /// <summary>Channels that pruning leaves a real network, as far as that is known before it is trained: an allocation by norm depends on its weights. Null where it is not, and of other networks.</summary>
    public static IReadOnlyList<int>? LeftChannels(TrainerConfiguration configuration)
    {
        if (!configuration.IsReal || configuration.Pruning is not { } pruning || pruning.Allocation == AllocationKind.Norm)
        {
            return null;
        }

        var plan = new PruningPlan(pruning, DataSplits.Shape(configuration), configuration.LeastChannels);
        return [.. plan.Shape(plan.Counts(null)).Layers.Select(layer => layer.OutputChannels)];
    }

    /// <summary>Whether the machine runs it.</summary>
    public static bool Covers(NetShape shape, RealForm form) =>
        form is { WeightBits: 1, Activation: ActivationKind.Sign, BatchNorm: true } && shape.InputChannels == 2 * shape.Input.Channels
        && !shape.Links.Any(link => link.Values) && shape.Layers.All(layer => layer.MaxPool == 1 && layer.OutputChannels >= LeastChannels);

    /// <summary>The complex shape: layers on the frame read C channels for 2C real ones.</summary>
    public static NetShape Shape(NetShape shape) => shape with
    {
        InputChannels = shape.Input.Channels,
        Norm = NormKind.Complex,
        Layers = [.. shape.Layers.Select((layer, i) => shape.ReadsFrame(i) ? layer with { Input = shape.Input } : layer)],
    };

    /// <summary>A network of its own with the same weights and statistics; null for networks it does not cover, and where of the two parts of a frame's channel, which share a lane, one is kept.</summary>
    public static ComplexNet<float>? Of(RealNet<float> net)
    {
        NetShape shape = net.Shape;
        if (!Covers(shape, net.Form) || Enumerable.Range(0, shape.Layers.Count).Any(i => shape.ReadsFrame(i) && !Paired(net.Convolutions[i].Gate, shape.Input.Channels)))
        {
            return null;
        }

        var complex = new ComplexNet<float>(Shape(shape), net.Batch);
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            bool frame = shape.ReadsFrame(i);
            Weights(net.Convolutions[i], complex.Convolutions[i], frame ? shape.Input.Channels : 0);
            Norm(net.Norms[i].State, complex.Norms[i].State, frame ? 1 : 2);
        }

        Head(net.Head, complex.Head);
        return complex;
    }

    // Rows of 2C gates, the real parts' first.
    private static bool Paired(ReadOnlySpan<float> gates, int channels)
    {
        for (; gates.Length > 0; gates = gates[(2 * channels)..])
        {
            if (!gates[..channels].SequenceEqual(gates.Slice(channels, channels)))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="from">[Cout, T]; of a frame each position's real parts, then its imaginary ones.</param>
    /// <param name="to">The same filters.</param>
    /// <param name="paired">C where 2C channels become C; 0 where every channel stays one.</param>
    private static void Weights(RealConvolution<float> from, BinaryConvolution<float> to, int paired)
    {
        int channels = to.Shape.Input.Channels, wide = from.Shape.Input.Channels;
        for (int i = 0; i < to.WeightRe.Length; i++)
        {
            int re = (i / channels * wide) + (i % channels);
            (to.WeightRe[i], to.WeightIm[i], to.Gate[i]) = (Sign(from.Weight[re]), -Sign(from.Weight[re + paired]), from.Gate[re]);
        }

        to.Refresh();
    }

    // Twice the sum has twice the mean and four times the variance; CGBN takes twice its variance.
    private static void Norm(RealNormState<float> from, NormState<float> to, int factor)
    {
        int c = from.Channels;
        Span<float> mean = to.RunningMean, variance = to.RunningVariance;
        mean[c..].Clear();
        variance[c..].Fill(Endless);
        double epsilon = RealNorm<float>.Epsilon;
        for (int i = 0; i < c; i++)
        {
            mean[i] = factor * from.RunningMean[i];
            variance[i] = (float)(((factor * factor * (from.RunningVariance[i] + epsilon)) - epsilon) / 2);
        }

        from.Gain.CopyTo(to.GainRe, 0);
        from.Gain.CopyTo(to.GainIm, 0);
        from.Shift.CopyTo(to.ShiftRe, 0);
        from.Shift.CopyTo(to.ShiftIm, 0);
        from.Mask.CopyTo(to.Mask, 0);
    }

    private static void Head(ClassifierHead<float> from, ClassifierHead<float> to)
    {
        for (int k = 0; k < from.Classes; k++)
        {
            from.Weight.AsSpan(k * from.Features, from.Features).CopyTo(to.Weight.AsSpan(k * to.Features));
        }

        foreach ((float[] value, float[] copy) in new[] { (from.Gain, to.Gain), (from.Shift, to.Shift), (from.RunningMean, to.RunningMean), (from.RunningVariance, to.RunningVariance) })
        {
            value.CopyTo(copy, 0);
        }
    }

    private static float Sign(float weight) => weight >= 0 ? 1 : -1;
}
