using BcnnSim.Networks;
using BcnnSim.Numerics;

namespace BcnnSim.Tests.Numerics;

/// <summary>The whole packed path of a first layer, word by word, without a machine around it.</summary>
internal static class PackedConvolution
{
    public static (int[] Re, int[] Im) Run(ConvolutionLayer layer, Frame frame, int lanes)
    {
        MapShape shape = layer.ConvolutionShape;
        int[] re = new int[shape.Pixels * shape.Channels];
        int[] im = new int[re.Length];
        for (int plane = 0; plane < frame.Shape.InputBits; plane++)
        {
            FrameShape f = frame.Shape;
            FeatureMap map = FeatureMap.FromPlane(frame.Planes.AsSpan(plane * f.PlaneBytes, f.PlaneBytes), f.Height, f.Width, f.Channels);
            for (int pixel = 0; pixel < shape.Pixels; pixel++)
            {
                QuadrantWord[] window = Window(layer, map, pixel, lanes);
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    ComplexSum sum = Dot(Row(layer, channel, lanes), window).Shifted(plane);
                    re[(pixel * shape.Channels) + channel] += sum.Re;
                    im[(pixel * shape.Channels) + channel] += sum.Im;
                }
            }
        }

        return (re, im);
    }

    private static QuadrantWord[] Window(ConvolutionLayer layer, FeatureMap map, int pixel, int lanes)
    {
        int dense = (layer.DenseTaps + 63) / 64;
        ulong[][] parts = [new ulong[dense], new ulong[dense], new ulong[dense]];
        int top = (pixel / layer.ConvolutionShape.Width * layer.StrideY) - layer.PaddingY;
        int left = (pixel % layer.ConvolutionShape.Width * layer.StrideX) - layer.PaddingX;
        map.Window(top, left, layer.KernelHeight, layer.KernelWidth, parts[0], parts[1], parts[2]);
        ulong[][] words = [.. parts.Select(part => Cut(Kept(layer, part), layer.Taps, lanes))];
        return [.. words[0].Select((re, i) => new QuadrantWord(re, words[1][i], words[2][i]))];
    }

    /// <summary>The kept taps of a dense window, bit by bit.</summary>
    private static ulong[] Kept(ConvolutionLayer layer, ulong[] dense)
    {
        if (layer.KeptTaps is null)
        {
            return dense;
        }

        ulong[] kept = new ulong[dense.Length];
        for (int i = 0; i < layer.KeptTaps.Length; i++)
        {
            int tap = layer.KeptTaps[i];
            kept[i >> 6] |= (dense[tap >> 6] >> (tap & 63) & 1) << (i & 63);
        }

        return kept;
    }

    private static QuadrantWord[] Row(ConvolutionLayer layer, int row, int lanes)
    {
        QuadrantTensor weights = layer.Weights;
        int words = QuadrantPacker.WordCount(layer.Taps, lanes);
        ulong[] re = new ulong[words];
        ulong[] im = new ulong[words];
        ulong[] mask = new ulong[words];
        QuadrantPacker.Pack(weights.Re.AsSpan(row * weights.RowBytes, weights.RowBytes), layer.Taps, lanes, re);
        QuadrantPacker.Pack(weights.Im.AsSpan(row * weights.RowBytes, weights.RowBytes), layer.Taps, lanes, im);
        QuadrantPacker.PackMask(weights.Mask is null ? [] : weights.Mask.AsSpan(row * weights.RowBytes, weights.RowBytes), layer.Taps, lanes, mask);
        return [.. re.Select((r, i) => new QuadrantWord(r, im[i], mask[i]))];
    }

    private static ulong[] Cut(ulong[] dense, int taps, int lanes)
    {
        ulong[] words = new ulong[QuadrantPacker.WordCount(taps, lanes)];
        QuadrantPacker.Cut(dense, taps, lanes, words);
        return words;
    }

    private static ComplexSum Dot(QuadrantWord[] row, QuadrantWord[] window)
    {
        ComplexSum sum = default;
        for (int i = 0; i < row.Length; i++)
        {
            sum += QuadrantDot.Word((PeKind)(i % 3), row[i], window[i]);
        }

        return sum;
    }
}
