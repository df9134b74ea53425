using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>Float network to the integer description that reference model, machine and RTL share.</summary>
public static class NetworkExport
{
    private const int MostFractionBits = 15;

    // Smaller values need no more than the most fraction bits.
    private const double LeastLargest = 0.1;

    /// <param name="name">Name of the network.</param>
    /// <param name="net">Trained, calibrated network.</param>
    /// <param name="input">Input with its transform.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="denseWeights">Complex weights before pruning.</param>
    /// <param name="provenance">How it was made.</param>
    /// <param name="moments">Of the head's averaged features, for its rounding; null rounds without.</param>
    /// <param name="fractionBits">Of the values; see <see cref="FractionBits"/>. Without meaning where no layer has values.</param>
    public static Network Export(
        string name, ComplexNet<float> net, NetworkInput input, IReadOnlyList<string> classes, long denseWeights, IReadOnlyDictionary<string, string> provenance,
        FeatureMoments? moments = null, int fractionBits = 0)
    {
        var layers = new List<ConvolutionLayer>();
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            layers.Add(Layer(net, i, fractionBits));
        }

        int? headBits = net.Shape.Links[^1].Values ? fractionBits : null;
        ClassifierLayer head = HeadFolding.Fold(net.Head, net.Shape.Layers[^1].Output, layers[^1].Name, moments, headBits, net.Shape.Relu);
        long kept = net.Shape.ComplexWeights;
        return new Network(
            name, input with { Imaginary = net.Imaginary?.State.Folded() }, layers, head, classes,
            new PruningRecord(kept == denseWeights ? "none" : "filter", denseWeights, kept), provenance)
        { ValueFractionBits = net.Shape.Links.Any(link => link.Values) ? fractionBits : 0 };
    }

    /// <summary>
    /// Fraction bits of all values: those of the grid the network was trained on; without one as many as 16 bits hold with
    /// <paramref name="largest"/> |value| seen, doubled, since a norm is the difference of two values, and as every channel's
    /// coefficients leave room for. 0 where no layer has values.
    /// </summary>
    public static int FractionBits(ComplexNet<float> net, double largest)
    {
        if (!net.Shape.Links.Any(link => link.Values))
        {
            return 0;
        }

        int room = Enumerable.Range(0, net.Convolutions.Count).Where(i => net.Shape.Links[i].Values).Min(
            i => NormFolding.MostFractionBits(net.Norms[i].State, Scale(net, i), Bound(net, i)));
        if (net.Grid is { } grid)
        {
            return grid.FractionBits <= room ? grid.FractionBits : throw new InputException(
                "configuration", "valueFractionBits", $"{grid.FractionBits}", $"the trained coefficients leave room for at most {room}", "Retrain with fewer fraction bits");
        }

        int bits = Math.Min(MostFractionBits, (int)Math.Floor(Math.Log2(short.MaxValue / (2 * Math.Max(largest, LeastLargest)))));
        return Math.Min(bits, room) is >= 0 and var least ? least : throw new InputException(
            "network", "values", FormattableString.Invariant($"up to {largest:R}"), "16-bit values need at least 0 fraction bits", "Train with a lower learning rate, or with a norm that does not grow");
    }

    /// <summary>Where values lie on a grid: from now on evaluation uses the norms' coefficients as the machine holds them.</summary>
    public static void Hold(ComplexNet<float> net)
    {
        for (int i = 0; net.Grid is { } grid && i < net.Convolutions.Count; i++)
        {
            if (net.Shape.Links[i].Values)
            {
                net.Norms[i].Held = new(Folded(net, i, FractionBits(net, 0)), Scale(net, i), grid.FractionBits);
            }
        }
    }

    /// <summary>Input record of a frame source.</summary>
    public static NetworkInput Input(IFrameSource source) =>
        new(source.Height, source.Width, source.Channels, source.InputBits, source.TransformName, source.TransformParameters);

    private static ConvolutionLayer Layer(ComplexNet<float> net, int i, int fractionBits)
    {
        ConvolutionShape s = net.Shape.Layers[i];
        LayerLink link = net.Shape.Links[i];
        return new ConvolutionLayer(
            Name(i), net.Shape.ReadsFrame(i) ? Network.InputName : Name(link.Source), s.Input, s.OutputChannels, s.KernelHeight, s.KernelWidth,
            s.StrideY, s.StrideX, s.PaddingY, s.PaddingX, s.SumPool, 1, Folded(net, i, fractionBits), Weights(net.Convolutions[i]))
        {
            Output = link.Values ? OutputKind.Values : OutputKind.Bits,
            Residual = link.Residual == LayerLink.None ? null : Name(link.Residual),
        };
    }

    private static FoldedNorm Folded(ComplexNet<float> net, int i, int fractionBits) => net.Shape.Links[i].Values
        ? NormFolding.FoldValues(net.Norms[i].State, Scale(net, i), Bound(net, i), fractionBits)
        : NormFolding.Fold(net.Norms[i].State, Scale(net, i), Bound(net, i));

    // Largest |component| a layer reads.
    private static int Top(ComplexNet<float> net, int i) => net.Shape.ReadsFrame(i) ? (1 << net.Shape.InputBits) - 1 : 1;

    private static double Scale(ComplexNet<float> net, int i) => 1.0 / Top(net, i);

    private static long Bound(ComplexNet<float> net, int i) => 2L * net.Shape.Layers[i].Taps * Top(net, i) * net.Shape.Layers[i].SumPool * net.Shape.Layers[i].SumPool;

    private static string Name(int layer) => $"conv{layer + 1}";

    private static QuadrantTensor Weights(BinaryConvolution<float> convolution)
    {
        (int rows, int taps) = (convolution.Shape.OutputChannels, convolution.Shape.Taps);
        return new QuadrantTensor(rows, taps, Signs(convolution.WeightRe, rows, taps), Signs(convolution.WeightIm, rows, taps), null);
    }

    // sign(0) = +1 = bit 1; LSB first, pad bits 0.
    private static byte[] Signs(float[] values, int rows, int taps)
    {
        int rowBytes = (taps + 7) / 8;
        var bytes = new byte[rows * rowBytes];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0)
            {
                bytes[(i / taps * rowBytes) + (i % taps / 8)] |= (byte)(1 << (i % taps % 8));
            }
        }

        return bytes;
    }
}
