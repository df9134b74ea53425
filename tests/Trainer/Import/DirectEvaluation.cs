using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>
/// What a PyTorch module computes from the tensors of the import layout, in plain loops and double precision: shares nothing with the
/// trainer but the record of the geometry.
/// </summary>
/// <param name="tensors">The network.</param>
/// <param name="shape">Its geometry.</param>
/// <param name="fractionBits">Grid of the values, rounded half up as the machine does.</param>
internal sealed class DirectEvaluation(TorchTensors tensors, NetShape shape, int fractionBits)
{
    /// <summary>Values behind each layer's norm and add, [layer][c, y, x].</summary>
    public List<Complex[,,]> Maps { get; } = [];

    /// <summary>Logits of one frame.</summary>
    public double[] Run(Frame frame)
    {
        Maps.Clear();
        Complex[,,] input = Input(frame);
        for (int i = 0; i < shape.Layers.Count; i++)
        {
            LayerLink link = shape.Links[i];
            Complex[,,] read = link.Source == LayerLink.Frame ? input : Each(Maps[link.Source], (v, _, _, _) => Sign(v));
            Complex[,,] y = Norm($"conv{i + 1}.norm", Pool(Convolve($"conv{i + 1}.weight", read, shape.Layers[i]), shape.Layers[i].SumPool));
            y = link.Values ? Each(y, (v, _, _, _) => new(OnGrid(v.Real), OnGrid(v.Imaginary))) : y;
            Maps.Add(link.Residual == LayerLink.None ? y : Each(y, (v, c, row, column) => v + Maps[link.Residual][c, row, column]));
        }

        return Head(shape.Links[^1].Values ? Maps[^1] : Each(Maps[^1], (v, _, _, _) => Sign(v)));
    }

    /// <summary>0 goes to +1.</summary>
    public static Complex Sign(Complex v) => new(v.Real >= 0 ? 1 : -1, v.Imaginary >= 0 ? 1 : -1);

    private double OnGrid(double value) => Math.Floor((value * (1 << fractionBits)) + 0.5) / (1 << fractionBits);

    private static Complex[,,] Input(Frame frame)
    {
        (FrameShape s, double top) = (frame.Shape, (1 << frame.Shape.InputBits) - 1);
        return Each(new Complex[s.Channels, s.Height, s.Width], (_, c, y, x) => new Complex((2 * frame.ReValue(y, x, c)) - top, (2 * frame.ImValue(y, x, c)) - top) / top);
    }

    private Complex[,,] Convolve(string name, Complex[,,] x, ConvolutionShape s)
    {
        (float[] re, float[] im) = (tensors[$"{name}.re"], tensors[$"{name}.im"]);
        int inputs = x.GetLength(0), height = x.GetLength(1), width = x.GetLength(2);
        return Each(new Complex[s.OutputChannels, s.Convolved.Height, s.Convolved.Width], (_, o, y, column) =>
        {
            Complex sum = 0;
            for (int c = 0; c < inputs; c++)
            {
                for (int k = 0; k < s.KernelHeight * s.KernelWidth; k++)
                {
                    (int ky, int kx) = (k / s.KernelWidth, k % s.KernelWidth);
                    (int fromY, int fromX) = ((y * s.StrideY) + ky - s.PaddingY, (column * s.StrideX) + kx - s.PaddingX);
                    int at = (((o * inputs) + c) * s.KernelHeight * s.KernelWidth) + k;
                    sum += fromY < 0 || fromY >= height || fromX < 0 || fromX >= width ? 0 : Sign(new(re[at], im[at])) * x[c, fromY, fromX];
                }
            }

            return sum;
        });
    }

    private static Complex[,,] Pool(Complex[,,] x, int k) => Each(new Complex[x.GetLength(0), x.GetLength(1) / k, x.GetLength(2) / k], (_, c, row, column) =>
    {
        Complex sum = 0;
        for (int i = 0; i < k * k; i++)
        {
            sum += x[c, (row * k) + (i / k), (column * k) + (i % k)];
        }

        return sum;
    });

    private Complex[,,] Norm(string name, Complex[,,] x)
    {
        double Of(string part, int c) => tensors[$"{name}.{part}"][c];
        Complex Both(string part, int c) => new(Of($"{part}.re", c), Of($"{part}.im", c));
        return Each(x, (v, c, _, _) =>
        {
            Complex centred = v - Both("mean", c);
            Complex unit = new(centred.Real / Math.Sqrt((2 * Of("variance.re", c)) + 1e-5), centred.Imaginary / Math.Sqrt((2 * Of("variance.im", c)) + 1e-5));
            return (Both("gain", c) * unit) + Both("shift", c);
        });
    }

    private double[] Head(Complex[,,] map)
    {
        int channels = map.GetLength(0), pixels = map.Length / channels;
        var features = new double[2 * channels];
        double Rectified(double v) => shape.Relu ? Math.Max(v, 0) : v;
        _ = Each(map, (v, c, _, _) =>
        {
            features[c] += Rectified(v.Real) / pixels;
            features[channels + c] += Rectified(v.Imaginary) / pixels;
            return v;
        });
        float[] weight = tensors["head.weight"];
        return [.. tensors["head.bias"].Select((bias, k) => bias + Enumerable.Range(0, features.Length).Sum(f => weight[(k * features.Length) + f] * features[f]))];
    }

    private static Complex[,,] Each(Complex[,,] map, Func<Complex, int, int, int, Complex> value)
    {
        var result = new Complex[map.GetLength(0), map.GetLength(1), map.GetLength(2)];
        for (int i = 0; i < map.Length; i++)
        {
            (int c, int y, int x) = (i / (map.GetLength(1) * map.GetLength(2)), i / map.GetLength(2) % map.GetLength(1), i % map.GetLength(2));
            result[c, y, x] = value(map[c, y, x], c, y, x);
        }

        return result;
    }
}
