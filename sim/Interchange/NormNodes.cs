using BcnnSim.Networks;
using BcnnSim.Numerics;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>
/// Nodes of the folded norm and of what follows it. The sums become float64, in which every integer of the 48-bit norm is exact. Channel
/// part*C + c of a map holds part 0 (real) or 1 (imaginary) of complex channel c.
/// </summary>
internal sealed class NormNodes(OnnxGraph graph)
{
    /// <summary>Bits of the norm, +1 or -1 in float32, max-pooled; <paramref name="sums"/> is float32 [N, 2C, H, W].</summary>
    public string Bits(ConvolutionLayer layer, string sums)
    {
        string exact = graph.Cast($"{layer.Name}/sums", sums, DataType.Double);
        string bits = layer.Norm.Kind == NormKind.Threshold ? Threshold(layer, exact) : Signs($"{layer.Name}/bits", Affine(layer, exact, rounded: false));
        int k = layer.MaxPool;
        return k == 1 ? bits : graph.Node(
            "MaxPool", $"{layer.Name}/maxPool", [bits], OnnxGraph.Attribute("kernel_shape", k, k), OnnxGraph.Attribute("strides", k, k));
    }

    /// <summary>
    /// 16-bit values in float64: floor((y + 2^(s-1)) / 2^s) saturated, then the residual added and saturated. The division is a product with a power of two.
    /// </summary>
    /// <param name="layer">A layer with values.</param>
    /// <param name="sums">float32 [N, 2C, H, W].</param>
    /// <param name="residual">Values to add, null for none.</param>
    public string Values(ConvolutionLayer layer, string sums, string? residual)
    {
        string name = layer.Name;
        byte[] shift = layer.Norm.Shift;
        double[] scales = PerRow(layer.Norm, (c, _) => Math.ScaleB(1, -shift[c]));
        string y = Affine(layer, graph.Cast($"{name}/sums", sums, DataType.Double), rounded: true);
        string scaled = graph.Node("Mul", $"{name}/scaled", [y, graph.Constant($"{name}/scale", OnnxTensor.PerChannel(scales))]);
        string values = Saturated($"{name}/values", graph.Node("Floor", $"{name}/floor", [scaled]));
        return residual is null ? values : Saturated($"{name}/total", graph.Node("Add", $"{name}/add", [values, residual]));
    }

    /// <summary>+1 where a float64 map is not negative, otherwise -1, in float32.</summary>
    public string Signs(string name, string map)
    {
        string set = graph.Node("GreaterOrEqual", $"{name}.set", [map, graph.Shared("zero", OnnxTensor.Of([0.0]))]);
        return graph.Node("Where", name, [set, graph.Shared("plus", OnnxTensor.Of([1f])), graph.Shared("minus", OnnxTensor.Of([-1f]))]);
    }

    private string Saturated(string name, string map) => graph.Node(
        "Clip", name, [map, graph.Shared("least", OnnxTensor.Of([(double)short.MinValue])), graph.Shared("most", OnnxTensor.Of([(double)short.MaxValue]))]);

    /// <summary>y = A*acc + C, and half of 2^s where the shift that follows has to round.</summary>
    private string Affine(ConvolutionLayer layer, string sums, bool rounded)
    {
        string name = layer.Name;
        FoldedNorm norm = layer.Norm;
        bool complex = norm.Kind == NormKind.Complex;
        double[] own = PerRow(norm, (c, part) => complex ? norm.A[(4 * c) + (3 * part)] : norm.A[(2 * c) + part]);
        double[] constants = PerRow(norm, (c, part) => norm.C[(2 * c) + part] + (rounded ? 1L << (norm.Shift[c] - 1) : 0));
        string y = graph.Node("Mul", $"{name}/own", [sums, graph.Constant($"{name}/a.own", OnnxTensor.PerChannel(own))]);
        if (complex)
        {
            double[] cross = PerRow(norm, (c, part) => norm.A[(4 * c) + 1 + part]);
            graph.Node("Split", [$"{name}/sums.re", $"{name}/sums.im"], [sums], OnnxGraph.Attribute("axis", 1));
            string swapped = graph.Node("Concat", $"{name}/swapped", [$"{name}/sums.im", $"{name}/sums.re"], OnnxGraph.Attribute("axis", 1));
            string other = graph.Node("Mul", $"{name}/cross", [swapped, graph.Constant($"{name}/a.cross", OnnxTensor.PerChannel(cross))]);
            y = graph.Node("Add", $"{name}/product", [y, other]);
        }

        return graph.Node("Add", $"{name}/norm", [y, graph.Constant($"{name}/c", OnnxTensor.PerChannel(constants))]);
    }

    /// <summary>(acc >= T) xor d: where the comparison holds +1, or -1 if it is inverted.</summary>
    private string Threshold(ConvolutionLayer layer, string sums)
    {
        string name = layer.Name;
        FoldedNorm norm = layer.Norm;
        double[] thresholds = PerRow(norm, (c, part) => norm.T[(2 * c) + part]);
        float[] above = Array.ConvertAll(PerRow(norm, (c, part) => 1 - (2 * norm.D[(2 * c) + part])), static v => (float)v);
        string reached = graph.Node("GreaterOrEqual", $"{name}/reached", [sums, graph.Constant($"{name}/t", OnnxTensor.PerChannel(thresholds))]);
        string then = graph.Constant($"{name}/above", OnnxTensor.PerChannel(above));
        string otherwise = graph.Constant($"{name}/below", OnnxTensor.PerChannel(Array.ConvertAll(above, static v => -v)));
        return graph.Node("Where", $"{name}/bits", [reached, then, otherwise]);
    }

    /// <summary>Rows of all real parts, then of all imaginary parts.</summary>
    private static double[] PerRow(FoldedNorm norm, Func<int, int, double> value)
    {
        double[] rows = new double[2 * norm.Channels];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = value(row % norm.Channels, row / norm.Channels);
        }

        return rows;
    }
}
