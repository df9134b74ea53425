using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Tests.Layers.Real;

/// <summary>Sign convolution with pooling and its gradients as plain loops over the definition.</summary>
internal sealed class PlainConvolution(ConvolutionShape s, float[] weight, float[] gate)
{
    private readonly int pool = s.MaxPool * s.SumPool;

    public float[] WeightGradient { get; } = new float[weight.Length];

    public float[] InputGradient { get; private set; } = [];

    public float[] Run(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int images)
    {
        InputGradient = new float[x.Length];
        var y = new float[dy.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int o = i % s.OutputChannels, p = i / s.OutputChannels, n = p / s.Output.Pixels;
            int py = p % s.Output.Pixels / s.Output.Width, px = p % s.Output.Width;
            int best = -1;
            float most = float.NegativeInfinity, total = 0;
            for (int q = 0; q < pool * pool; q++)
            {
                float sum = Sum(x, n, o, (py * pool) + (q / pool), (px * pool) + (q % pool));
                total += sum;
                (best, most) = sum > most ? (q, sum) : (best, most);
            }

            y[i] = s.MaxPool > 1 ? most : total;
            for (int q = 0; q < pool * pool; q++)
            {
                if (s.MaxPool == 1 || q == best)
                {
                    Spread(x, dy[i], n, o, (py * pool) + (q / pool), (px * pool) + (q % pool));
                }
            }
        }

        return y;
    }

    private float Used(int o, int t) => (weight[(o * s.Taps) + t] >= 0 ? 1 : -1) * gate[(o * s.Taps) + t];

    private int? At(int n, int t, int oy, int ox)
    {
        int c = t % s.Input.Channels, kx = t / s.Input.Channels % s.KernelWidth, ky = t / s.Input.Channels / s.KernelWidth;
        int row = (oy * s.StrideY) - s.PaddingY + ky, column = (ox * s.StrideX) - s.PaddingX + kx;
        bool inside = row >= 0 && row < s.Input.Height && column >= 0 && column < s.Input.Width;
        return inside ? (((((n * s.Input.Height) + row) * s.Input.Width) + column) * s.Input.Channels) + c : null;
    }

    private float Sum(ReadOnlySpan<float> x, int n, int o, int oy, int ox)
    {
        float sum = 0;
        for (int t = 0; t < s.Taps; t++)
        {
            sum += At(n, t, oy, ox) is { } at ? Used(o, t) * x[at] : 0;
        }

        return sum;
    }

    private void Spread(ReadOnlySpan<float> x, float d, int n, int o, int oy, int ox)
    {
        for (int t = 0; t < s.Taps; t++)
        {
            if (At(n, t, oy, ox) is { } at)
            {
                WeightGradient[(o * s.Taps) + t] += d * x[at];
                InputGradient[at] += d * Used(o, t);
            }
        }
    }
}
