using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Contracts;

/// <summary>Faults of the bits, each as a change of one thing the machine is given.</summary>
internal static class MachineFaults
{
    public static IReadOnlyList<MachineFault> All { get; } =
    [
        Weights("weights: re and im swapped", 0, w => w with { Re = w.Im, Im = w.Re }),
        Weights("dot product: conjugate weight", 0, w => w with { Im = Inverted(w, w.Im) }),
        Weights("dot product: negated weight", 2, w => w with { Re = Inverted(w, w.Re), Im = Inverted(w, w.Im) }),
        Weights("packer: bit order of a byte reversed", 2, w => w with { Re = Reversed(w.Re), Im = Reversed(w.Im) }),
        Weights("packer: bytes of a row in reverse order", 2, w => w with { Re = RowsReversed(w, w.Re), Im = RowsReversed(w, w.Im) }),
        Weights("packer: tap 0 lost at tap 1", 0, w => w with { Re = Shifted(w, w.Re), Im = Shifted(w, w.Im) }),
        Weights("mask ignored", 1, w => w with { Mask = null }),
        Weights("mask applied to the wrong channel", 1, w => w with { Mask = [.. w.Mask!.Skip(w.RowBytes), .. w.Mask![..w.RowBytes]] }),
        Weights("output channels rotated by one", 2, w => w with { Re = [.. w.Re.Skip(w.RowBytes), .. w.Re[..w.RowBytes]] }),
        Norm("norm: constants of re and im swapped", 0, n => FoldedNorm.Complex(n.A, PairsSwapped(n.C))),
        Norm("norm: factors of re and im swapped", 1, n => FoldedNorm.Diagonal([.. n.A.Select((_, i) => n.A[i ^ 1])], n.C)),
        Norm("norm: matrix transposed", 0, n => FoldedNorm.Complex([.. n.A.Select((_, i) => n.A[(i & ~3) | ((i & 1) << 1) | ((i >> 1) & 1)])], n.C)),
        Norm("norm: threshold compared with > instead of >=", 2, n => FoldedNorm.Threshold([.. n.T.Select(t => t + 1)], n.D)),
        Norm("norm: inversion ignored", 2, n => FoldedNorm.Threshold(n.T, new byte[n.D.Length])),
        Head("classifier: weights unsigned", h => h with { Weights = [.. h.Weights.Select(w => (sbyte)(w < 0 ? 127 : w))] }),
        Head("classifier: one weight off by one", h => h with { Weights = [(sbyte)(h.Weights[0] + 1), .. h.Weights[1..]] }),
        Head("classifier: biases in reverse order", h => h with { Bias = [.. h.Bias.Reverse()] }),
        Input("frame: re and im swapped", (shape, re, im) => Frame.FromComponents(shape, im, re)),
        Input("frame: bit planes in reverse order", (shape, re, im) => Frame.FromComponents(shape, PlanesReversed(re), PlanesReversed(im))),
        Input("frame: one pixel lost", (shape, re, im) => Frame.FromComponents(shape, PixelLost(shape, re), PixelLost(shape, im))),
    ];

    private static MachineFault Weights(string name, int layer, Func<QuadrantTensor, QuadrantTensor> change) =>
        new(name, n => WithLayer(n, layer, l => l with { Weights = change(l.Weights) }), static f => f);

    private static MachineFault Norm(string name, int layer, Func<FoldedNorm, FoldedNorm> change) =>
        new(name, n => WithLayer(n, layer, l => l with { Norm = change(l.Norm) }), static f => f);

    private static MachineFault Head(string name, Func<ClassifierLayer, ClassifierLayer> change) =>
        new(name, n => n with { Classifier = change(n.Classifier!) }, static f => f);

    private static MachineFault Input(string name, Func<FrameShape, byte[], byte[], Frame> change) => new(name, static n => n, frame =>
    {
        FrameShape s = frame.Shape;
        byte[] Part(Func<int, int, int, int> value) => [.. Enumerable.Range(0, s.Values).Select(i => (byte)value(i / s.Channels / s.Width, i / s.Channels % s.Width, i % s.Channels))];
        return change(s, Part(frame.ReValue), Part(frame.ImValue));
    });

    private static Network WithLayer(Network network, int layer, Func<ConvolutionLayer, ConvolutionLayer> change) =>
        network with { Layers = [.. network.Layers.Select((l, i) => i == layer ? change(l) : l)] };

    private static byte[] Inverted(QuadrantTensor w, byte[] bits) => Map(w, (row, tap) => !Bit(w, bits, row, tap));

    private static byte[] Shifted(QuadrantTensor w, byte[] bits) => Map(w, (row, tap) => Bit(w, bits, row, Math.Max(0, tap - 1)));

    private static byte[] RowsReversed(QuadrantTensor w, byte[] bits) => [.. bits.Chunk(w.RowBytes).SelectMany(row => row.Reverse())];

    private static byte[] Reversed(byte[] bits) => [.. bits.Select(b => (byte)Enumerable.Range(0, 8).Sum(i => (b >> i & 1) << (7 - i)))];

    private static long[] PairsSwapped(long[] c) => [.. c.Select((_, i) => c[i ^ 1])];

    private static byte[] PlanesReversed(byte[] values) => [.. values.Select(v => (byte)(((v & 1) << 1) | (v >> 1)))];

    /// <summary>A pixel in the middle of the frame reads as 0 in every channel.</summary>
    private static byte[] PixelLost(FrameShape shape, byte[] values) =>
        [.. values.Select((v, i) => i / shape.Channels == (shape.Pixels / 2) + 1 ? (byte)0 : v)];

    private static bool Bit(QuadrantTensor w, byte[] bits, int row, int tap) => (bits[(row * w.RowBytes) + (tap >> 3)] >> (tap & 7) & 1) != 0;

    private static byte[] Map(QuadrantTensor w, Func<int, int, bool> bit)
    {
        byte[] bytes = new byte[w.Rows * w.RowBytes];
        for (int i = 0; i < w.Rows * w.Taps; i++)
        {
            (int row, int tap) = (i / w.Taps, i % w.Taps);
            bytes[(row * w.RowBytes) + (tap >> 3)] |= (byte)((bit(row, tap) ? 1 : 0) << (tap & 7));
        }

        return bytes;
    }
}
