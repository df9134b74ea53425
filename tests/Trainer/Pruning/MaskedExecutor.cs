using BcnnSim.Networks;

namespace BcnnSim.Trainer.Tests.Pruning;

/// <summary>Plain integer loops over a dense exported network whose removed channels output 0 and whose removed weights are not there: the definition of the mask.</summary>
internal static class MaskedExecutor
{
    public static long[] Scores(Network network, IReadOnlyList<int[]> kept, Frame frame, IReadOnlyList<float[]?>? gates = null)
    {
        MapShape shape = new(frame.Shape.Height, frame.Shape.Width, frame.Shape.Channels);
        int offset = (1 << frame.Shape.InputBits) - 1;
        var map = new (long Re, long Im)[shape.Height, shape.Width, shape.Channels];
        for (int i = 0; i < map.Length; i++)
        {
            (int y, int x, int c) = (i / shape.Channels / shape.Width, i / shape.Channels % shape.Width, i % shape.Channels);
            map[y, x, c] = ((2 * frame.ReValue(y, x, c)) - offset, (2 * frame.ImValue(y, x, c)) - offset);
        }

        var maps = new Dictionary<string, Left> { [Network.InputName] = new(map, null) };
        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            ConvolutionLayer l = network.Layers[layer];
            maps[l.Name] = Run(l, [.. kept[layer]], gates?[layer], maps[l.Source].Bits, l.Residual is null ? null : maps[l.Residual].Values);
        }

        Left last = maps[network.Classifier!.Source];
        return Classify(network.Classifier, network.Classifier.ReadsValues ? last.Values! : last.Bits);
    }

    private static Left Run(ConvolutionLayer l, HashSet<int> kept, float[]? gate, (long Re, long Im)[,,] map, (long Re, long Im)[,,]? residual)
    {
        MapShape shape = l.NormShape;
        var bits = new (long, long)[shape.Height, shape.Width, shape.Channels];
        (long, long)[,,]? values = l.Output == OutputKind.Values ? new (long, long)[shape.Height, shape.Width, shape.Channels] : null;
        foreach (int o in kept)
        {
            for (int p = 0; p < shape.Pixels; p++)
            {
                long re = 0, im = 0;
                for (int q = 0; q < l.SumPool * l.SumPool; q++)
                {
                    (long r, long i) = Sum(l, o, (p / shape.Width * l.SumPool) + (q / l.SumPool), (p % shape.Width * l.SumPool) + (q % l.SumPool), gate, map);
                    (re, im) = (re + r, im + i);
                }

                (int y, int x) = (p / shape.Width, p % shape.Width);
                int signs = l.Norm.HasValues ? 0 : l.Norm.Bits(o, re, im);
                if (values is not null)
                {
                    (short Re, short Im) own = l.Norm.Values(o, re, im);
                    (long Re, long Im) other = residual?[y, x, o] ?? (0, 0);
                    values[y, x, o] = (Math.Clamp(own.Re + other.Re, short.MinValue, short.MaxValue), Math.Clamp(own.Im + other.Im, short.MinValue, short.MaxValue));
                    signs = (values[y, x, o].Item1 >= 0 ? 1 : 0) | (values[y, x, o].Item2 >= 0 ? 2 : 0);
                }

                bits[y, x, o] = ((2 * (signs & 1)) - 1, (signs & 2) - 1);
            }
        }

        return new(bits, values);
    }

    private static (long Re, long Im) Sum(ConvolutionLayer l, int o, int oy, int ox, float[]? gate, (long Re, long Im)[,,] map)
    {
        long re = 0, im = 0;
        for (int t = 0; t < l.Taps; t++)
        {
            int y = (oy * l.StrideY) - l.PaddingY + (t / l.InputShape.Channels / l.KernelWidth);
            int x = (ox * l.StrideX) - l.PaddingX + (t / l.InputShape.Channels % l.KernelWidth);
            if (gate?[(o * l.Taps) + t] != 0 && y >= 0 && x >= 0 && y < l.InputShape.Height && x < l.InputShape.Width)
            {
                (long r, long i) = map[y, x, t % l.InputShape.Channels];
                int a = l.Weights.ReBit(o, t) ? 1 : -1, b = l.Weights.ImBit(o, t) ? 1 : -1;
                re += (a * r) - (b * i);
                im += (b * r) + (a * i);
            }
        }

        return (re, im);
    }

    private static long[] Classify(ClassifierLayer head, (long Re, long Im)[,,] map)
    {
        int channels = head.InputShape.Channels;
        long[] scores = [.. head.Bias];
        for (int k = 0; k < scores.Length; k++)
        {
            for (int i = 0; i < map.Length; i++)
            {
                int c = i % channels;
                (long re, long im) = map[i / channels / head.InputShape.Width, i / channels % head.InputShape.Width, c];
                (re, im) = head.Relu ? (Math.Max(re, 0), Math.Max(im, 0)) : (re, im);
                scores[k] += (head.Weights[(k * head.Features) + c] * re) + (head.Weights[(k * head.Features) + channels + c] * im);
            }
        }

        return scores;
    }

    // A removed channel is 0 in both.
    private sealed record Left((long Re, long Im)[,,] Bits, (long Re, long Im)[,,]? Values);
}
