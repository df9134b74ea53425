using System.Globalization;
using System.Security.Cryptography;

namespace BcnnSim.Networks;

/// <summary>A network in memory as tensors and text, with the checks that make a record safe to encode.</summary>
internal static class NetworkWriter
{
    public static IEnumerable<WeightTensor> Tensors(Network network)
    {
        IEnumerable<WeightTensor> tensors = network.Layers
            .SelectMany(l => (IEnumerable<WeightTensor>)[.. KeptTapFile.Tensors(l.Name, l.KeptTaps), .. QuadrantTensorFile.Tensors(l.Name, l.Weights), .. NormTensorFile.Tensors(l.Name, l.Norm)]);
        return network.Classifier is null ? tensors : tensors.Concat(ClassifierTensorFile.Tensors(network.Classifier));
    }

    public static NetworkText Text(Network network, byte[] weights)
    {
        List<NodeText?> nodes = [.. network.Layers.Select(ConvolutionText.From)];
        if (network.Classifier is { } head)
        {
            nodes.Add(ClassifierText.From(head));
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        return new NetworkText(network.Name, network.Input, network.ValueFractionBits, nodes, network.Classes, network.Pruning, network.Provenance, hash);
    }

    /// <summary>Array lengths must be those the records state: a record built in code may disagree with itself.</summary>
    public static void CheckArrays(Network network, ViolationList violations)
    {
        foreach (ConvolutionLayer layer in network.Layers)
        {
            QuadrantTensor w = layer.Weights;
            int bytes = w.Rows * w.RowBytes;
            bool weights = w.Re.Length == bytes && w.Im.Length == bytes && (w.Mask is null || w.Mask.Length == bytes);
            Require(layer.Norm.HasValues == (layer.Output == OutputKind.Values), $"layer {layer.Name} norm", layer.Norm.Shift.Length, "a norm has shifts exactly where the layer has values", violations);
            bool columns = layer.KeptTaps is null || layer.KeptTaps.Length == w.Taps;
            Require(columns, $"layer {layer.Name} kept taps", layer.KeptTaps?.Length ?? 0, $"one weight column per kept tap: {w.Taps}", violations);
            Require(weights, $"layer {layer.Name} weights", w.Re.Length, $"re, im and mask hold {bytes} bytes", violations);
        }

        if (network.Classifier is { } head)
        {
            bool fits = head.Bias.Length == head.ClassCount && head.Weights.Length == (long)head.ClassCount * head.Features;
            Require(fits, $"classifier {head.Name}", head.Weights.Length, "weights hold K*2C values and bias K", violations);
        }
    }

    /// <summary>Map shapes follow from the input; a record that states others would be written as a different network.</summary>
    public static void CheckShapes(Network network, Network back, ViolationList violations)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            MapShape stated = network.Layers[i].InputShape;
            Require(stated == back.Layers[i].InputShape, $"layer {network.Layers[i].Name} input shape {stated}", i, $"the graph gives {back.Layers[i].InputShape}", violations);
        }

        if (network.Classifier is { } head)
        {
            Require(head.InputShape == back.Classifier!.InputShape, $"classifier {head.Name} input shape {head.InputShape}", 0, $"the graph gives {back.Classifier.InputShape}", violations);
        }
    }

    private static void Require(bool fits, string place, int value, string rule, ViolationList violations)
    {
        if (!fits)
        {
            violations.Add(place, value.ToString(CultureInfo.InvariantCulture), rule, "Build the record with consistent arrays");
        }
    }
}
