using BcnnSim.Interchange.Format;
using BcnnSim.Networks;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>
/// Nodes of a binary complex convolution with its sum pooling. A complex map [N, C, H, W] lies as real map [N, 2C, H, W], real parts
/// first, so that (a + ib)(x + iy) is one real convolution with the block matrix
/// <code>
/// re | Wr  -Wi |
/// im | Wi   Wr |
/// </code>
/// The file holds Wr and Wi once, int8, -1 or +1 and 0 where a tap is masked or pruned; the matrix is put together by constant nodes, which a
/// runtime folds when it loads the model. Padding adds 0.
/// </summary>
internal static class ConvolutionNodes
{
    /// <summary>Adds the layer's sums, float32 [N, 2 Cout, H, W] after sum pooling; returns their name.</summary>
    /// <param name="graph">Grows.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">Map it reads, float32 [N, 2 Cin, H, W].</param>
    public static string Add(OnnxGraph graph, ConvolutionLayer layer, string input)
    {
        string name = layer.Name;
        string sums = graph.Node(
            "Conv", $"{name}/convolution", [input, Matrix(graph, layer)],
            OnnxGraph.Attribute("kernel_shape", layer.KernelHeight, layer.KernelWidth),
            OnnxGraph.Attribute("strides", layer.StrideY, layer.StrideX),
            OnnxGraph.Attribute("pads", layer.PaddingY, layer.PaddingX, layer.PaddingY, layer.PaddingX));
        return layer.SumPool == 1 ? sums : SumPool(graph, layer, sums);
    }

    /// <summary>A convolution with ones, channel by channel: an average times k^2 would be rounded.</summary>
    private static string SumPool(OnnxGraph graph, ConvolutionLayer layer, string sums)
    {
        int rows = 2 * layer.OutputChannels;
        int k = layer.SumPool;
        float[] ones = new float[rows * k * k];
        Array.Fill(ones, 1);
        string kernel = graph.Constant($"{layer.Name}/ones", OnnxTensor.Of(ones, rows, 1, k, k));
        return graph.Node(
            "Conv", $"{layer.Name}/sumPool", [sums, kernel],
            OnnxGraph.Attribute("kernel_shape", k, k), OnnxGraph.Attribute("strides", k, k), OnnxGraph.Attribute("group", rows));
    }

    private static string Matrix(OnnxGraph graph, ConvolutionLayer layer)
    {
        string re = Part(graph, layer, "re", layer.Weights.ReBit);
        string im = Part(graph, layer, "im", layer.Weights.ImBit);
        string minus = graph.Node("Neg", $"{layer.Name}/-im", [im]);
        string top = graph.Node("Concat", $"{layer.Name}/rows.re", [re, minus], OnnxGraph.Attribute("axis", 1));
        string bottom = graph.Node("Concat", $"{layer.Name}/rows.im", [im, re], OnnxGraph.Attribute("axis", 1));
        return graph.Node("Concat", $"{layer.Name}/rows", [top, bottom], OnnxGraph.Attribute("axis", 0));
    }

    /// <summary>Real or imaginary weights [Cout, Cin, Kh, Kw] from taps (ky*Kw + kx)*Cin + c; what is not kept stays 0.</summary>
    private static string Part(OnnxGraph graph, ConvolutionLayer layer, string part, Func<int, int, bool> bit)
    {
        int channels = layer.InputShape.Channels;
        int positions = layer.KernelHeight * layer.KernelWidth;
        sbyte[] weights = new sbyte[checked(layer.OutputChannels * layer.DenseTaps)];
        for (int row = 0; row < layer.OutputChannels; row++)
        {
            for (int column = 0; column < layer.Taps; column++)
            {
                if (layer.Weights.Kept(row, column))
                {
                    int tap = layer.TapOf(column);
                    weights[(((row * channels) + (tap % channels)) * positions) + (tap / channels)] = (sbyte)(bit(row, column) ? 1 : -1);
                }
            }
        }

        TensorProto tensor = OnnxTensor.Of(weights, layer.OutputChannels, channels, layer.KernelHeight, layer.KernelWidth);
        return graph.Cast($"{layer.Name}/{part}", graph.Constant($"{layer.Name}/{part}.int8", tensor), DataType.Float);
    }
}
