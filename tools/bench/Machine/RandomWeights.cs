using System.Globalization;
using BcnnSim.Exploration;
using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Bench.Machine;

/// <summary>A network of a given shape with random weights and frames (fixed seed): speed does not depend on the values.</summary>
internal static class RandomWeights
{
    private const int Classes = 10;

    public static Network Network(NetworkShape shape, int seed)
    {
        Random random = new(seed);
        List<ConvolutionLayer> layers = [];
        foreach ((BcnnSim.Exploration.ConvolutionShape l, MapShape input, MapShape _) in shape.Maps())
        {
            int from = l.Source ?? layers.Count - 1;
            string source = from < 0 ? "input" : layers[from].Name;
            int taps = l.Kernel * l.Kernel * input.Channels;
            QuadrantTensor weights = new(l.OutputChannels, taps, Rows(random, l.OutputChannels, taps), Rows(random, l.OutputChannels, taps), null);
            layers.Add(new ConvolutionLayer(
                l.Name, source, input, l.OutputChannels, l.Kernel, l.Kernel, l.Stride, l.Stride, l.Padding, l.Padding, l.SumPool, 1, Norm(random, l.OutputChannels, l.Values), weights)
            {
                Output = l.Values ? OutputKind.Values : OutputKind.Bits,
                Residual = l.Residual is int residual ? layers[residual].Name : null,
            });
        }

        MapShape last = layers[^1].OutputShape;
        bool values = shape.Layers[^1].Values;
        sbyte[] head = new sbyte[Classes * 2 * last.Channels];
        for (int i = 0; i < head.Length; i++)
        {
            head[i] = (sbyte)random.Next(-127, 128);
        }

        NetworkInput frame = new(shape.Input.Height, shape.Input.Width, shape.Input.Channels, shape.InputBits, "none", new Dictionary<string, double>());
        string[] names = [.. Enumerable.Range(0, Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        return new Network(
            shape.Name, frame, layers, new ClassifierLayer("classifier", layers[^1].Name, last, Classes, head, new long[Classes]) { ReadsValues = values, Relu = values }, names,
            new PruningRecord("none", shape.Weights, shape.Weights), new Dictionary<string, string>())
        {
            ValueFractionBits = shape.Layers.Any(l => l.Values) ? 8 : 0,
        };
    }

    public static FrameSet Frames(Network network, int count, int seed)
    {
        Random random = new(seed);
        FrameShape shape = new(network.Input);
        List<Frame> frames = [];
        for (int i = 0; i < count; i++)
        {
            byte[] re = new byte[shape.Values];
            byte[] im = new byte[shape.Values];
            random.NextBytes(re);
            random.NextBytes(im);
            int shift = 8 - shape.InputBits;
            frames.Add(Frame.FromComponents(shape, Array.ConvertAll(re, v => (byte)(v >> shift)), Array.ConvertAll(im, v => (byte)(v >> shift))));
        }

        return new FrameSet(shape, frames);
    }

    /// <summary>Random bits with the pad bits of every row 0.</summary>
    private static byte[] Rows(Random random, int rows, int taps)
    {
        int rowBytes = (taps + 7) / 8;
        byte[] bytes = new byte[rows * rowBytes];
        random.NextBytes(bytes);
        if (taps % 8 != 0)
        {
            for (int row = 1; row <= rows; row++)
            {
                bytes[(row * rowBytes) - 1] &= (byte)((1 << (taps % 8)) - 1);
            }
        }

        return bytes;
    }

    private static FoldedNorm Norm(Random random, int channels, bool values)
    {
        short[] a = new short[4 * channels];
        long[] c = new long[2 * channels];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = (short)random.Next(-3000, 3001);
        }

        for (int i = 0; i < c.Length; i++)
        {
            c[i] = random.Next(-10_000, 10_001);
        }

        byte[] shift = new byte[values ? channels : 0];
        Array.Fill(shift, (byte)5);
        return FoldedNorm.Complex(a, c, shift);
    }
}
