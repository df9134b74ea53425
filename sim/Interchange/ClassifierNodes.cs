using BcnnSim.Networks;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>Nodes of the classifier, in float64: every score is an integer below 2^47, so nothing is rounded in whatever order it is added.</summary>
internal static class ClassifierNodes
{
    /// <summary>Output of the model: int64 [N, K].</summary>
    public const string Scores = "scores";

    /// <summary>Output of the model: int64 [N].</summary>
    public const string Class = "class";

    /// <summary>Adds scores and class; the lowest index wins a tie.</summary>
    /// <param name="graph">Grows.</param>
    /// <param name="head">The classifier.</param>
    /// <param name="map">Bits (float32) or values (float64) of its source, [N, 2C, H, W].</param>
    public static void Add(OnnxGraph graph, ClassifierLayer head, string map)
    {
        string name = head.Name;
        string features = head.ReadsValues ? map : graph.Cast($"{name}/bits", map, DataType.Double);
        features = head.Relu ? graph.Node("Relu", $"{name}/relu", [features]) : features;
        string pooled = graph.Node(
            "ReduceSum", $"{name}/pooled", [features, graph.Constant($"{name}/axes", OnnxTensor.Of([2L, 3L], 2))], OnnxGraph.Attribute("keepdims", 0));
        string weights = graph.Cast(
            $"{name}/weights", graph.Constant($"{name}/weights.int8", OnnxTensor.Of(head.Weights, head.ClassCount, head.Features)), DataType.Double);
        string bias = graph.Constant($"{name}/bias", OnnxTensor.Of(Array.ConvertAll(head.Bias, static b => (double)b), head.ClassCount));
        string exact = graph.Node("Gemm", $"{name}/scores", [pooled, weights, bias], OnnxGraph.Attribute("transB", 1));
        graph.Cast(Scores, exact, DataType.Int64);
        graph.Node("ArgMax", Class, [exact], OnnxGraph.Attribute("axis", 1), OnnxGraph.Attribute("keepdims", 0), OnnxGraph.Attribute("select_last_index", 0));
        graph.Output(Scores, $"score of each of the {head.ClassCount} classes", DataType.Int64, head.ClassCount);
        graph.Output(Class, "index of the largest score, the lowest one on ties", DataType.Int64);
    }
}
