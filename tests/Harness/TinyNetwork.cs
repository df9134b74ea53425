using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Harness;

/// <summary>One small network with every kind of tensor: complex, diagonal and threshold norm, a mask, pad bits, a classifier.</summary>
internal static class TinyNetwork
{
    public static Network Create()
    {
        MapShape input = new(4, 4, 3);
        ConvolutionLayer conv1 = new(
            "conv1", "input", input, 5, 3, 3, 1, 1, 1, 1, 1, 2,
            FoldedNorm.Complex(Counting(20, i => (short)((i * 7) - 60)), Counting(10, i => (i * 11L) - 50)), Weights(5, 27, null));
        ConvolutionLayer conv2 = new(
            "conv2", "conv1", conv1.OutputShape, 6, 1, 1, 1, 1, 0, 0, 1, 1,
            FoldedNorm.Diagonal(Counting(12, i => (short)(i - 6)), Counting(12, i => 3L - i)), Weights(6, 5, [0x1F, 0x0F, 0x1E, 0x1F, 0x11, 0x1F]));
        ConvolutionLayer conv3 = new(
            "conv3", "conv2", conv2.OutputShape, 4, 2, 2, 1, 1, 0, 0, 1, 1,
            FoldedNorm.Threshold(Counting(8, i => (2L * i) - 8), Counting(8, i => (byte)(i % 2))), Weights(4, 24, null));
        ClassifierLayer head = new("head", "conv3", conv3.OutputShape, 3, Counting(24, i => (sbyte)((i * 5) - 60)), [10, -20, 30]);
        NetworkInput frame = new(4, 4, 3, 2, "none", new Dictionary<string, double> { ["clip"] = 2.5 });
        long kept = (5 * 27) + 25 + (4 * 24);
        return new Network(
            "tiny", frame, [conv1, conv2, conv3], head, ["noise", "tone", "burst"],
            new PruningRecord("unstructured", (5 * 27) + 30 + (4 * 24), kept), new Dictionary<string, string> { ["seed"] = "1" });
    }

    private static T[] Counting<T>(int count, Func<int, T> value) => [.. Enumerable.Range(0, count).Select(value)];

    /// <summary>Bits of a fixed multiplicative pattern; pad bits 0.</summary>
    private static QuadrantTensor Weights(int rows, int taps, byte[]? mask)
    {
        int rowBytes = (taps + 7) / 8;
        byte[] re = new byte[rows * rowBytes];
        byte[] im = new byte[rows * rowBytes];
        for (int i = 0; i < rows * taps; i++)
        {
            (int row, int tap) = (i / taps, i % taps);
            int at = (row * rowBytes) + (tap / 8);
            re[at] |= (byte)((((i * 37) + 11) % 64 < 31 ? 1 : 0) << (tap % 8));
            im[at] |= (byte)((((i * 29) + 5) % 64 < 33 ? 1 : 0) << (tap % 8));
        }

        return new QuadrantTensor(rows, taps, re, im, mask);
    }
}
