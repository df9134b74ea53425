using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>
/// Random valid plain networks and frames, a pure function of the seed: any kernel Kh x Kw, strides, padding, sum and max
/// pooling (with incomplete borders), all norm kinds, masks, 1..8 input bits, long one-row maps, with and without classifier.
/// </summary>
public static class RandomNetworks
{
    /// <summary>A network that <see cref="NetworkFile"/> accepts.</summary>
    public static Network Plain(int seed, RandomNetworkOptions? options = null)
    {
        options ??= new RandomNetworkOptions();
        Random random = new(seed);
        NetworkInput input = Input(random, options);
        MapShape shape = new(input.Height, input.Width, input.Channels);
        List<ConvolutionLayer> layers = [];
        string source = Network.InputName;
        int count = random.Next(1, options.Layers + 1);
        for (int i = 0; i < count; i++)
        {
            int bits = i == 0 ? input.InputBits : 1;
            ConvolutionLayer layer = RandomLayers.Convolution(random, options, $"conv{i + 1}", source, shape, bits);
            layers.Add(layer);
            source = layer.Name;
            shape = layer.OutputShape;
        }

        ClassifierLayer? head = random.Next(4) == 0 ? null : RandomLayers.Classifier(random, source, shape);
        long kept = layers.Sum(RandomLayers.KeptWeights);
        long dense = layers.Sum(l => (long)l.DenseTaps * l.OutputChannels) + random.Next(2);
        PruningRecord pruning = new(dense == kept ? "none" : "unstructured", dense, kept);
        if (dense > kept && random.Next(3) == 0)
        {
            pruning = pruning with { Structure = layers.Exists(l => l.Weights.Mask is not null) ? "block" : "column", BlockLanes = (random.Next(1, 65), random.Next(1, 65)) };
        }

        string[] classes = [.. Enumerable.Range(0, head?.ClassCount ?? 0).Select(k => $"class {k}")];
        Dictionary<string, string> provenance = new() { ["seed"] = $"{seed}", ["method"] = "random" };
        return new Network($"random-{(uint)seed}", input, layers, head, classes, pruning, provenance);
    }

    /// <summary>Uniformly random frames of the network's input, with labels and tags.</summary>
    public static FrameSet Frames(Network network, int count, int seed)
    {
        Random random = new(seed);
        FrameShape shape = new(network.Input);
        List<Frame> frames = [];
        for (int i = 0; i < count; i++)
        {
            byte[] re = Components(random, shape);
            byte[] im = Components(random, shape);
            int label = network.Classes.Count == 0 ? -1 : random.Next(network.Classes.Count);
            frames.Add(Frame.FromComponents(shape, re, im, label, (2 * random.Next(20)) - 20));
        }

        return new FrameSet(shape, frames);
    }

    private static NetworkInput Input(Random random, RandomNetworkOptions options)
    {
        int bits = random.Next(1, 9);
        int channels = random.Next(1, Math.Min(9, options.Channels) + 1);
        (int height, int width) = random.Next(5) switch
        {
            0 => (1, random.Next(1, 1025)),
            1 => (random.Next(1, 257), 1),
            _ => (random.Next(1, options.Side + 1), random.Next(1, options.Side + 1)),
        };
        return new NetworkInput(height, width, channels, bits, "none", new Dictionary<string, double> { ["clip"] = 1 + random.NextDouble() });
    }

    private static byte[] Components(Random random, FrameShape shape)
    {
        byte[] values = new byte[shape.Values];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)random.Next(1 << shape.InputBits);
        }

        return values;
    }
}
