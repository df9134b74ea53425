using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>Random layers for <see cref="RandomNetworks"/>.</summary>
internal static class RandomLayers
{
    public static ConvolutionLayer Convolution(Random random, RandomNetworkOptions options, string name, string source, MapShape shape, int bits)
    {
        ConvolutionLayer layer;
        do
        {
            layer = Geometry(random, options, name, source, shape);
        }
        while (layer.MultiplyAccumulates * bits > options.LaneOperations && layer.Taps * layer.OutputChannels > 1 && random.Next(64) != 0);

        layer = random.Next(4) == 0 ? layer with { KeptTaps = KeptTaps(random, layer.DenseTaps) } : layer;
        QuadrantTensor weights = Weights(random, layer.OutputChannels, layer.Taps, masked: random.Next(3) == 0);
        return layer with { Weights = weights, Norm = Norm(random, layer, bits) };
    }

    public static ClassifierLayer Classifier(Random random, string source, MapShape shape)
    {
        int classes = random.Next(1, 12);
        sbyte[] weights = new sbyte[classes * 2 * shape.Channels];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        long[] bias = new long[classes];
        for (int k = 0; k < classes; k++)
        {
            bias[k] = random.Next(-2000, 2001);
        }

        return new ClassifierLayer("head", source, shape, classes, weights, bias);
    }

    public static QuadrantTensor Weights(Random random, int rows, int taps, bool masked)
    {
        return new QuadrantTensor(rows, taps, Bits(random, rows, taps), Bits(random, rows, taps), masked ? RandomMasks.Of(random, rows, taps) : null);
    }

    /// <summary>Rising indices, few or many, at least one.</summary>
    public static int[] KeptTaps(Random random, int denseTaps)
    {
        int share = random.Next(5, 96);
        int[] kept = [.. Enumerable.Range(0, denseTaps).Where(_ => random.Next(100) < share)];
        return kept.Length == 0 ? [random.Next(denseTaps)] : kept;
    }

    public static long KeptWeights(ConvolutionLayer layer)
    {
        long kept = 0;
        for (int row = 0; row < layer.OutputChannels; row++)
        {
            for (int tap = 0; tap < layer.Taps; tap++)
            {
                kept += layer.Weights.Kept(row, tap) ? 1 : 0;
            }
        }

        return kept;
    }

    /// <summary>Constants of the size of the accumulators, so that both bit values occur.</summary>
    public static FoldedNorm Norm(Random random, ConvolutionLayer layer, int bits)
    {
        int channels = layer.OutputChannels;
        double spread = Math.Sqrt(2.0 * layer.Taps) * ((1 << bits) - 1) * layer.SumPool;
        switch ((NormKind)random.Next(3))
        {
            case NormKind.Complex:
                return FoldedNorm.Complex(Coefficients(random, 4 * channels), Constants(random, 2 * channels, 300 * spread));
            case NormKind.Diagonal:
                return FoldedNorm.Diagonal(Coefficients(random, 2 * channels), Constants(random, 2 * channels, 200 * spread));
            default:
                byte[] inversions = new byte[2 * channels];
                for (int i = 0; i < inversions.Length; i++)
                {
                    inversions[i] = (byte)random.Next(2);
                }

                return FoldedNorm.Threshold(Constants(random, 2 * channels, spread), inversions);
        }
    }

    private static ConvolutionLayer Geometry(Random random, RandomNetworkOptions options, string name, string source, MapShape shape)
    {
        int kernelY = Kernel(random, shape.Height);
        int kernelX = Kernel(random, shape.Width);
        int padY = random.Next(kernelY);
        int padX = random.Next(kernelX);
        kernelY = Math.Min(kernelY, shape.Height + (2 * padY));
        kernelX = Math.Min(kernelX, shape.Width + (2 * padX));
        ConvolutionLayer layer = new(
            name, source, shape, random.Next(1, options.Channels + 1), kernelY, kernelX,
            random.Next(3) == 0 ? random.Next(1, 5) : 1, random.Next(3) == 0 ? random.Next(1, 5) : 1,
            Math.Min(padY, kernelY - 1), Math.Min(padX, kernelX - 1), 1, 1, FoldedNorm.Threshold([], []), new QuadrantTensor(0, 0, [], [], null));
        MapShape map = layer.ConvolutionShape;
        int sum = random.Next(3) == 0 ? random.Next(1, Math.Min(3, Math.Min(map.Height, map.Width)) + 1) : 1;
        map = map.Pooled(sum);
        int max = random.Next(3) == 0 ? random.Next(1, Math.Min(3, Math.Min(map.Height, map.Width)) + 1) : 1;
        return layer with { SumPool = sum, MaxPool = max };
    }

    private static int Kernel(Random random, int side) => random.Next(8) == 0 ? random.Next(1, side + 1) : random.Next(1, Math.Min(6, side + 1) + 1);

    private static byte[] Bits(Random random, int rows, int taps)
    {
        int rowBytes = (taps + 7) / 8;
        byte[] bits = new byte[rows * rowBytes];
        for (int row = 0; row < rows; row++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                bool one = random.Next(2) == 1;
                bits[(row * rowBytes) + (tap >> 3)] |= (byte)((one ? 1 : 0) << (tap & 7));
            }
        }

        return bits;
    }

    private static short[] Coefficients(Random random, int count)
    {
        short[] values = new short[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Next(16) == 0 ? (short)0 : (short)random.Next(-400, 401);
        }

        return values;
    }

    private static long[] Constants(Random random, int count, double spread)
    {
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (long)((random.NextDouble() - 0.5) * spread);
        }

        return values;
    }
}
