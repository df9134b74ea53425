using BcnnSim.Numerics;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// A real binary network as a complex one that the machine runs, bit for bit: every real bit x as x + ix and every weight w as
/// w - iw, so that Re((w - iw)(x + ix)) = 2wx, a complex lane for a real product. The first layer takes the two parts of the frame, which the
/// real network reads as two channels, at once: Re((a - ib)(x + iy)) = ax + by, a lane for two. Norms read the real sum and write its bit to both parts.
/// </summary>
internal static class RealEmbedding
{
    /// <summary>Null for networks it does not cover: other arithmetics, values, maximum pooling, the real parts of frames alone, too few channels.</summary>
    public static ComplexNet<float>? Of(RealNet<float> net)
    {
        NetShape shape = net.Shape;
        bool covered = net.Form is { WeightBits: 1, Activation: ActivationKind.Sign, BatchNorm: true } && shape.InputChannels == 2 * shape.Input.Channels
            && !shape.Links.Any(link => link.Values) && shape.Layers.All(layer => layer.MaxPool == 1 && layer.OutputChannels >= NormActivation<float>.LeastChannels);
        if (!covered)
        {
            return null;
        }

        var complex = new ComplexNet<float>(Halved(shape), net.Batch);
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            bool frame = shape.ReadsFrame(i);
            Weights(net.Convolutions[i], complex.Convolutions[i], frame ? shape.Input.Channels : 0);
            Norm(net.Norms[i].State, complex.Norms[i].State, frame ? 1 : 2);
        }

        Head(net.Head, complex.Head);
        return complex;
    }

    // Layers on the frame read C complex channels for 2C real ones.
    private static NetShape Halved(NetShape shape) => shape with
    {
        InputChannels = shape.Input.Channels,
        Norm = NormKind.Complex,
        Layers = [.. shape.Layers.Select((layer, i) => shape.ReadsFrame(i) ? layer with { Input = shape.Input } : layer)],
    };

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
            if (from.Gate[re] != from.Gate[re + paired])
            {
                throw new InputException("network", $"weight {i}", "one of two is kept", "the two parts of a frame's channel share a lane: both are kept or none", "Prune filters or channels");
            }
        }

        to.Refresh();
    }

    // Twice the sum has twice the mean and four times the variance; CGBN takes twice its variance. Variance 0 leaves the imaginary sum out.
    private static void Norm(RealNormState<float> from, NormState<float> to, int factor)
    {
        int c = from.Channels;
        Span<float> mean = to.RunningMean, variance = to.RunningVariance;
        mean[c..].Clear();
        variance[c..].Clear();
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
