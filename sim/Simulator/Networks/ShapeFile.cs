namespace BcnnSim.Networks;

/// <summary>
/// A network for timing studies (JSON, schema "bcnnsim.shape/1"): graph and input as in network.json, no tensors. Weights are a fixed pattern, so
/// every report of it says "timing only"; kept taps and masks are no part of a shape. Reading is strict and refuses everything at once.
/// </summary>
public static class ShapeFile
{
    /// <summary>File name in a network's folder.</summary>
    public const string JsonName = "shape.json";

    /// <exception cref="InputException">Every broken rule: file, node, value, rule, remedy.</exception>
    public static Network Read(string file)
    {
        ViolationList violations = new(file);
        byte[]? json = InputFile.ReadAll(file, NetworkLimits.JsonBytes, violations);
        ViolationList.ThrowIfAny(violations);
        return Parse(json!, violations);
    }

    /// <summary>Writes the shape of a network, its weights left out; refuses what <see cref="Read"/> would refuse.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="source">Where its shape comes from, one sentence.</param>
    /// <param name="file">Path.</param>
    public static void Write(Network network, string source, string file)
    {
        byte[] json = Encode(network, source);
        _ = Parse(json, new ViolationList(file));
        OutputFile.Write(file, stream => stream.Write(json));
    }

    internal static byte[] Encode(Network network, string source)
    {
        List<NodeText?> nodes = [.. network.Layers.Select(ConvolutionText.From)];
        if (network.Classifier is { } head)
        {
            nodes.Add(ClassifierText.From(head));
        }

        return new ShapeText(network.Name, source, network.Input, nodes).Encode();
    }

    internal static Network Parse(byte[] json, ViolationList violations)
    {
        ShapeText? text = ShapeText.Parse(json, violations);
        Network? network = text is null
            ? null
            : new NetworkReader(text.ToNetwork(), new TensorSource(new TensorPattern(), violations), violations).Build();
        ViolationList.ThrowIfAny(violations);
        return OfPattern(network!);
    }

    /// <summary>Marks a network whose tensors are a pattern; nothing is pruned in it.</summary>
    internal static Network OfPattern(Network network)
    {
        long weights = network.Layers.Sum(static l => (long)l.Taps * l.OutputChannels);
        return network with { TimingOnly = true, Pruning = new PruningRecord("none", weights, weights) };
    }
}
