using System.Globalization;
using System.Text.Json;
using BcnnSim.Interchange.Format;
using BcnnSim.Networks;
using static BcnnSim.Interchange.Format.TensorProto.Types;

namespace BcnnSim.Interchange;

/// <summary>The model of a network: its layers in execution order, each with its bits and, where it has them, its values.</summary>
internal sealed class OnnxModel
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private readonly Network network;
    private readonly OnnxGraph graph;
    private readonly NormNodes norms;
    private readonly Dictionary<string, string> bits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private OnnxModel(Network network)
    {
        this.network = network;
        graph = new OnnxGraph(network.Name);
        norms = new NormNodes(graph);
    }

    /// <summary>Whole model of a network that satisfies <see cref="OnnxRules"/>.</summary>
    public static ModelProto Of(Network network)
    {
        OnnxModel model = new(network);
        model.AddInput();
        foreach (ConvolutionLayer layer in network.Layers)
        {
            model.AddLayer(layer);
        }

        ClassifierLayer head = network.Classifier!;
        ClassifierNodes.Add(model.graph, head, head.ReadsValues ? model.values[head.Source] : model.BitsOf(head.Source));
        return model.Finished();
    }

    private void AddInput()
    {
        NetworkInput input = network.Input;
        ReadOnlySpan<long> shape = [input.Channels, input.Height, input.Width];
        string re = graph.Input("re", $"real parts, {Meaning(input)}", DataType.Float, shape);
        string im = graph.Input("im", $"imaginary parts, {Meaning(input)}", DataType.Float, shape);
        bits[Network.InputName] = graph.Node("Concat", "frame", [re, im], OnnxGraph.Attribute("axis", 1));
    }

    private void AddLayer(ConvolutionLayer layer)
    {
        string sums = ConvolutionNodes.Add(graph, layer, BitsOf(layer.Source));
        if (layer.Output == OutputKind.Values)
        {
            values[layer.Name] = norms.Values(layer, sums, layer.Residual is null ? null : values[layer.Residual]);
        }
        else
        {
            bits[layer.Name] = norms.Bits(layer, sums);
        }
    }

    /// <summary>What a convolution reads; the signs of values are added when somebody asks for them.</summary>
    private string BitsOf(string source)
    {
        if (!bits.TryGetValue(source, out string? map))
        {
            map = norms.Signs($"{source}/bits", values[source]);
            bits[source] = map;
        }

        return map;
    }

    private ModelProto Finished()
    {
        NetworkInput input = network.Input;
        ModelProto model = new()
        {
            IrVersion = IrVersion,
            ProducerName = "bcnnsim",
            DocString = $"Binarized complex network {network.Name}, integer-exact: every number is an integer, +-1 maps and their sums in float32 (below 2^24), "
                + $"norms and scores in float64 (below 2^47). Inputs re and im: {Meaning(input)}. Host transform before that: {input.Transform}. "
                + "A runtime that rewrites convolutions with fractions (Winograd, half precision) is not exact.",
            Graph = graph.Proto,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        Add("network", network.Name);
        Add("inputBits", input.InputBits.ToString(CultureInfo.InvariantCulture));
        Add("inputValue", Value(input));
        Add("inputTransform", input.Transform);
        Add("classes", JsonSerializer.Serialize(network.Classes));
        return model;

        void Add(string key, string value) => model.MetadataProps.Add(new StringStringEntryProto { Key = "bcnnsim." + key, Value = value });
    }

    private static string Meaning(NetworkInput input) =>
        $"v = {Value(input)} of the unsigned {input.InputBits}-bit component u of a frame, layout [frame, channel, row, column]";

    private static string Value(NetworkInput input) => string.Create(CultureInfo.InvariantCulture, $"2u - {(1 << input.InputBits) - 1}");
}
