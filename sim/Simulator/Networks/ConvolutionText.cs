using System.Text.Json;
using BcnnSim.Numerics;

namespace BcnnSim.Networks;

/// <summary>A convolution node as text. Pairs are [vertical, horizontal].</summary>
internal sealed record ConvolutionText(
    string Name,
    string Source,
    int OutputChannels,
    (int Y, int X) Kernel,
    (int Y, int X) Stride,
    (int Y, int X) Padding,
    int SumPool,
    int MaxPool,
    NormKind NormKind) : NodeText(Name, Source)
{
    public const string Kind = "convolution";
    private static readonly string[] NormNames = ["complex", "diagonal", "threshold"];

    public static ConvolutionText From(ConvolutionLayer layer) => new(
        layer.Name,
        layer.Source,
        layer.OutputChannels,
        (layer.KernelHeight, layer.KernelWidth),
        (layer.StrideY, layer.StrideX),
        (layer.PaddingY, layer.PaddingX),
        layer.SumPool,
        layer.MaxPool,
        layer.Norm.Kind);

    public static ConvolutionText ReadMembers(StrictObject node)
    {
        const int Most = NetworkLimits.Dimension;
        ConvolutionText text = new(
            node.Name("name"),
            node.Name("input"),
            node.Integer("outputChannels", 1, Most),
            node.Pair("kernel", 1, Most),
            node.Pair("stride", 1, Most),
            node.Pair("padding", 0, Most),
            node.Integer("sumPool", 1, Most),
            node.Integer("maxPool", 1, Most),
            ReadNormKind(node));
        node.Close();
        return text;
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("name", Name);
        json.WriteString("input", Source);
        json.WriteNumber("outputChannels", OutputChannels);
        WritePair(json, "kernel", Kernel);
        WritePair(json, "stride", Stride);
        WritePair(json, "padding", Padding);
        json.WriteNumber("sumPool", SumPool);
        json.WriteNumber("maxPool", MaxPool);
        json.WriteString("normKind", NormNames[(int)NormKind]);
        json.WriteEndObject();
    }

    private static NormKind ReadNormKind(StrictObject node)
    {
        int before = node.Violations.Count;
        string name = node.Text("normKind");
        int index = Array.IndexOf(NormNames, name);
        if (index < 0 && node.Violations.Count == before)
        {
            node.Refuse("normKind", name, "must be complex, diagonal or threshold", "Choose one of the three forms");
        }

        return (NormKind)Math.Max(index, 0);
    }

    private static void WritePair(Utf8JsonWriter json, string key, (int Y, int X) pair)
    {
        json.WriteStartArray(key);
        json.WriteNumberValue(pair.Y);
        json.WriteNumberValue(pair.X);
        json.WriteEndArray();
    }
}
