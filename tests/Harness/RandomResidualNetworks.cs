using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>
/// Random residual networks that one shortcut map and two halves can run, a pure function of the seed: a stem, then identity blocks,
/// downsampling blocks (strided or sum-pooled) and plain convolutions, with values that saturate now and then; heads on bits, on values
/// and on values with ReLU.
/// </summary>
public static class RandomResidualNetworks
{
    /// <summary>A network that <see cref="NetworkFile"/> accepts, always with a classifier.</summary>
    public static Network Of(int seed, RandomNetworkOptions? options = null)
    {
        options ??= new RandomNetworkOptions(Layers: 3, Channels: 14, Side: 10, LaneOperations: 200_000);
        Random random = new(seed);
        NetworkInput input = new(random.Next(1, options.Side + 1), random.Next(1, options.Side + 1), random.Next(1, 5), random.Next(1, 9), "none", new Dictionary<string, double>());
        MapShape shape = new(input.Height, input.Width, input.Channels);
        List<ConvolutionLayer> layers = [Plain(random, options, "stem", Network.InputName, shape, input.InputBits, values: random.Next(4) > 0)];
        int blocks = random.Next(1, options.Layers + 1);
        for (int block = 1; block <= blocks; block++)
        {
            layers.AddRange(Block(random, options, $"block{block}", layers[^1]));
        }

        ConvolutionLayer last = layers[^1];
        ClassifierLayer head = RandomLayers.Classifier(random, last.Name, last.OutputShape);
        bool readsValues = last.Output == OutputKind.Values && random.Next(4) > 0;
        head = head with { ReadsValues = readsValues, Relu = readsValues && random.Next(2) == 0 };
        long kept = layers.Sum(RandomLayers.KeptWeights);
        long dense = layers.Sum(l => (long)l.DenseTaps * l.OutputChannels);
        return new Network(
            $"residual-{(uint)seed}", input, layers, head, [.. Enumerable.Range(0, head.ClassCount).Select(k => $"class {k}")],
            new PruningRecord(dense == kept ? "none" : "unstructured", dense, kept), new Dictionary<string, string> { ["seed"] = $"{seed}" })
        {
            ValueFractionBits = layers.Exists(l => l.Output == OutputKind.Values) ? random.Next(16) : 0,
        };
    }

    private static IEnumerable<ConvolutionLayer> Block(Random random, RandomNetworkOptions options, string name, ConvolutionLayer x)
    {
        MapShape map = x.OutputShape;
        int kind = random.Next(5);
        if (kind == 0)
        {
            return [Plain(random, options, name, x.Name, map, 1, values: random.Next(2) == 0)];
        }

        int inner = random.Next(1, options.Channels + 1);
        if (kind <= 2 && x.Output == OutputKind.Values)
        {
            ConvolutionLayer first = Same(random, $"{name}.a", x.Name, map, inner, (1, 1), 1, values: false);
            return [first, Same(random, $"{name}.b", first.Name, first.OutputShape, map.Channels, (1, 1), 1, values: true) with { Residual = x.Name }];
        }

        bool pooled = random.Next(3) == 0 && map.Height > 1 && map.Width > 1;
        (int Y, int X) stride = pooled ? (1, 1) : (random.Next(1, 4), random.Next(1, 4));
        int pool = pooled ? 2 : 1;
        int width = random.Next(1, options.Channels + 1);
        ConvolutionLayer shortcut = Convolution(random, $"{name}.shortcut", x.Name, map, width, (1, 1), stride, pool, values: true);
        ConvolutionLayer a = Same(random, $"{name}.a", x.Name, map, inner, stride, pool, values: false);
        ConvolutionLayer b = Same(random, $"{name}.b", a.Name, a.OutputShape, width, (1, 1), 1, values: true) with { Residual = shortcut.Name };
        return random.Next(2) == 0 ? [shortcut, a, b] : [a, shortcut, b];
    }

    /// <summary>Any geometry; with values it is not max pooled.</summary>
    private static ConvolutionLayer Plain(Random random, RandomNetworkOptions options, string name, string source, MapShape map, int bits, bool values)
    {
        ConvolutionLayer layer = RandomLayers.Convolution(random, options, name, source, map, bits);
        return values ? WithValues(random, layer with { MaxPool = 1 }, bits) : layer;
    }

    /// <summary>Odd kernel with half its size as padding: the map of a 1x1 convolution with the same stride.</summary>
    private static ConvolutionLayer Same(Random random, string name, string source, MapShape map, int channels, (int Y, int X) stride, int pool, bool values)
        => Convolution(random, name, source, map, channels, ((2 * random.Next(2)) + 1, (2 * random.Next(2)) + 1), stride, pool, values);

    private static ConvolutionLayer Convolution(
        Random random, string name, string source, MapShape map, int channels, (int Y, int X) kernel, (int Y, int X) stride, int pool, bool values)
    {
        QuadrantTensor weights = RandomLayers.Weights(random, channels, kernel.Y * kernel.X * map.Channels, masked: random.Next(5) == 0);
        ConvolutionLayer layer = new(
            name, source, map, channels, kernel.Y, kernel.X, stride.Y, stride.X, kernel.Y / 2, kernel.X / 2, pool, 1, FoldedNorm.Threshold([], []), weights);
        return values ? WithValues(random, layer, 1) : layer with { Norm = RandomLayers.Norm(random, layer, 1) };
    }

    /// <summary>Coefficients and shifts of several sizes: values of a few bits, of sixteen, and saturated ones.</summary>
    private static ConvolutionLayer WithValues(Random random, ConvolutionLayer layer, int bits)
    {
        int channels = layer.OutputChannels;
        bool complex = random.Next(2) == 0;
        int scale = random.Next(3) switch { 0 => 400, 1 => 4_000, _ => 30_000 };
        short[] a = [.. Enumerable.Range(0, (complex ? 4 : 2) * channels).Select(_ => (short)random.Next(-scale, scale + 1))];
        double spread = Math.Sqrt(2.0 * layer.Taps) * ((1 << bits) - 1) * layer.SumPool * scale;
        long[] c = [.. Enumerable.Range(0, 2 * channels).Select(_ => (long)((random.NextDouble() - 0.5) * spread))];
        int middle = Math.Clamp((int)Math.Log2(spread / 20_000 + 2), 1, 38);
        byte[] shift = [.. Enumerable.Range(0, channels).Select(_ => (byte)random.Next(Math.Max(1, middle - 1), middle + 3))];
        return layer with { Output = OutputKind.Values, Norm = complex ? FoldedNorm.Complex(a, c, shift) : FoldedNorm.Diagonal(a, c, shift) };
    }
}
