using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>A stem with values, an identity block, a downsampling block, a head on values with ReLU: every rule of values has a place in it.</summary>
internal static class TinyResidualNetwork
{
    public static Network Create()
    {
        MapShape input = new(5, 4, 2);
        ConvolutionLayer stem = Layer("stem", "input", input, 3, 3, 1, values: true, null);
        ConvolutionLayer a1 = Layer("a1", "stem", stem.OutputShape, 4, 3, 1, values: false, null);
        ConvolutionLayer b1 = Layer("b1", "a1", a1.OutputShape, 3, 1, 1, values: true, "stem");
        ConvolutionLayer shortcut = Layer("shortcut", "b1", b1.OutputShape, 5, 1, 2, values: true, null);
        ConvolutionLayer a2 = Layer("a2", "b1", b1.OutputShape, 2, 3, 2, values: false, null);
        ConvolutionLayer b2 = Layer("b2", "a2", a2.OutputShape, 5, 3, 1, values: true, "shortcut");
        sbyte[] weights = [.. Enumerable.Range(0, 30).Select(i => (sbyte)((i * 7) - 100))];
        ClassifierLayer head = new("head", "b2", b2.OutputShape, 3, weights, [100, -2000, 30]) { ReadsValues = true, Relu = true };
        ConvolutionLayer[] layers = [stem, a1, b1, shortcut, a2, b2];
        long count = layers.Sum(l => (long)l.Taps * l.OutputChannels);
        return new Network(
            "tiny-residual", new NetworkInput(5, 4, 2, 3, "none", new Dictionary<string, double>()), layers, head, ["noise", "tone", "burst"],
            new PruningRecord("none", count, count), new Dictionary<string, string> { ["seed"] = "2" })
        {
            ValueFractionBits = 8,
        };
    }

    /// <summary>One layer with random weights (seeded by its name), half its kernel as padding.</summary>
    public static ConvolutionLayer Layer(string name, string source, MapShape map, int channels, int kernel, int stride, bool values, string? residual)
    {
        Random random = new(name.Sum(c => c));
        QuadrantTensor weights = RandomLayers.Weights(random, channels, kernel * kernel * map.Channels, masked: false);
        short[] a = [.. Enumerable.Range(0, 4 * channels).Select(_ => (short)random.Next(-9000, 9001))];
        long[] c = [.. Enumerable.Range(0, 2 * channels).Select(_ => (long)random.Next(-20_000, 20_001))];
        byte[] shift = values ? [.. Enumerable.Range(0, channels).Select(i => (byte)(2 + (i % 3)))] : [];
        return new ConvolutionLayer(
            name, source, map, channels, kernel, kernel, stride, stride, kernel / 2, kernel / 2, 1, 1, FoldedNorm.Complex(a, c, shift), weights)
        {
            Output = values ? OutputKind.Values : OutputKind.Bits,
            Residual = residual,
        };
    }
}
