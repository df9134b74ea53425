using BcnnSim.Networks;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>Float network to the integer description that reference model, machine and RTL share.</summary>
public static class NetworkExport
{
    /// <param name="name">Name of the network.</param>
    /// <param name="net">Trained, calibrated network.</param>
    /// <param name="input">Input with its transform.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="denseWeights">Complex weights before pruning.</param>
    /// <param name="provenance">How it was made.</param>
    /// <param name="meanFeatures">Mean of the averaged features, 2C, for the bias of the rounded head; null leaves the correction out.</param>
    public static Network Export(
        string name, ComplexNet<float> net, NetworkInput input, IReadOnlyList<string> classes, long denseWeights, IReadOnlyDictionary<string, string> provenance,
        double[]? meanFeatures = null)
    {
        var layers = new List<ConvolutionLayer>();
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            layers.Add(Layer(net, i, input.InputBits));
        }

        ConvolutionShape last = net.Shape.Layers[^1];
        long kept = net.Shape.ComplexWeights;
        return new Network(
            name, input with { Imaginary = net.Imaginary?.State.Folded() }, layers, HeadFolding.Fold(net.Head, last.Output, layers[^1].Name, meanFeatures), classes,
            new PruningRecord(kept == denseWeights ? "none" : "filter", denseWeights, kept), provenance);
    }

    /// <summary>Input record of a frame source.</summary>
    public static NetworkInput Input(IFrameSource source) =>
        new(source.Height, source.Width, source.Channels, source.InputBits, source.TransformName, source.TransformParameters);

    private static ConvolutionLayer Layer(ComplexNet<float> net, int i, int inputBits)
    {
        ConvolutionShape s = net.Shape.Layers[i];
        int top = i == 0 ? (1 << inputBits) - 1 : 1;
        long bound = 2L * s.Taps * top * s.SumPool * s.SumPool;
        return new ConvolutionLayer(
            Name(i), i == 0 ? "input" : Name(i - 1), s.Input, s.OutputChannels, s.KernelHeight, s.KernelWidth, s.StrideY, s.StrideX,
            s.PaddingY, s.PaddingX, s.SumPool, 1, NormFolding.Fold(net.Norms[i].State, 1.0 / top, bound), Weights(net.Convolutions[i]));
    }

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
