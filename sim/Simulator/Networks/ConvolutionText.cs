using System.Globalization;
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
    NormKind NormKind,
    OutputKind Output,
    string? Residual) : NodeText(Name, Source)
{
    public const string Kind = "convolution";
    private static readonly string[] NormNames = ["complex", "diagonal", "threshold"];
    private static readonly string[] OutputNames = ["bits", "values"];

    public static ConvolutionText From(ConvolutionLayer layer) => new(
        layer.Name,
        layer.Source,
        layer.OutputChannels,
        (layer.KernelHeight, layer.KernelWidth),
        (layer.StrideY, layer.StrideX),
        (layer.PaddingY, layer.PaddingX),
        layer.SumPool,
        layer.MaxPool,
        layer.Norm.Kind,
        layer.Output,
        layer.Residual);

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
            (NormKind)node.Choice("normKind", NormNames),
            (OutputKind)node.Choice("output", OutputNames),
            node.OptionalName("residual"));
        node.Close();
        text.CheckValues(node);
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
        json.WriteString("output", OutputNames[(int)Output]);
        json.WriteString("residual", Residual);
        json.WriteEndObject();
    }

    /// <summary>Bits have nothing to add to; a value is neither compared with a threshold nor pooled by OR.</summary>
    private void CheckValues(StrictObject node)
    {
        if (Output == OutputKind.Bits)
        {
            if (Residual is not null)
            {
                node.Refuse("residual", Residual, "a residual is added to values: output must be values", "Set output to values or residual to null");
            }

            return;
        }

        if (NormKind == NormKind.Threshold)
        {
            node.Refuse("normKind", "threshold", "a threshold gives no value: output values needs complex or diagonal", "Fold the norm as complex or diagonal");
        }

        if (MaxPool != 1)
        {
            node.Refuse("maxPool", MaxPool.ToString(CultureInfo.InvariantCulture), "values are not max pooled: must be 1 with output values", "Use sumPool, or output bits");
        }
    }

    private static void WritePair(Utf8JsonWriter json, string key, (int Y, int X) pair)
    {
        json.WriteStartArray(key);
        json.WriteNumberValue(pair.Y);
        json.WriteNumberValue(pair.X);
        json.WriteEndArray();
    }
}
