using System.Numerics;

namespace BcnnSim.Networks;

/// <summary>
/// One convolution layer of the reference executor: multiplications and additions of unpacked integers, a few side by side
/// (<see cref="Vector{T}"/> of int), which changes nothing about the sums.
/// </summary>
internal sealed class ReferenceConvolution
{
    private readonly ConvolutionLayer layer;
    private readonly long bound;

    /// <summary>Taps rounded up to whole vectors; the rest stays 0.</summary>
    private readonly int stride;

    /// <summary>Weights as +1, -1 or 0 (masked), [row][tap].</summary>
    private readonly int[] weightRe;
    private readonly int[] weightIm;

    /// <summary>Window of one output pixel; a padded tap is 0.</summary>
    private readonly int[] windowRe;
    private readonly int[] windowIm;

    /// <summary>Row, column and channel in the kernel of each kept tap; empty when every tap is kept.</summary>
    private readonly (int Y, int X, int Channel)[] kept;

    public ReferenceConvolution(ConvolutionLayer layer, int inputBits)
    {
        this.layer = layer;
        bound = layer.AccumulatorBound(inputBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bound, int.MaxValue, layer.Name);
        stride = (layer.Taps + Vector<int>.Count - 1) / Vector<int>.Count * Vector<int>.Count;
        weightRe = new int[checked(layer.OutputChannels * stride)];
        weightIm = new int[weightRe.Length];
        windowRe = new int[stride];
        windowIm = new int[stride];
        int channels = layer.InputShape.Channels;
        kept = Array.ConvertAll(layer.KeptTaps ?? [], t => (t / channels / layer.KernelWidth, t / channels % layer.KernelWidth, t % channels));
        for (int row = 0; row < layer.OutputChannels; row++)
        {
            for (int tap = 0; tap < layer.Taps; tap++)
            {
                int kept = layer.Weights.Kept(row, tap) ? 1 : 0;
                weightRe[(row * stride) + tap] = layer.Weights.ReBit(row, tap) ? kept : -kept;
                weightIm[(row * stride) + tap] = layer.Weights.ImBit(row, tap) ? kept : -kept;
            }
        }
    }

    /// <summary>Runs the layer on integer maps in the layout [y][x][c].</summary>
    /// <param name="re">Real parts it reads.</param>
    /// <param name="im">Imaginary parts.</param>
    /// <param name="residual">Values added to its own; null: none.</param>
    /// <param name="keepAccumulators">Keep the sums before the norm.</param>
    public ReferenceMap Run(int[] re, int[] im, (short[] Re, short[] Im)? residual, bool keepAccumulators)
    {
        MapShape shape = layer.NormShape;
        int[] sumRe = new int[shape.Pixels * shape.Channels];
        int[] sumIm = new int[sumRe.Length];
        for (int y = 0; y < shape.Height * layer.SumPool; y++)
        {
            for (int x = 0; x < shape.Width * layer.SumPool; x++)
            {
                FillWindow(re, im, y, x);
                int at = ((y / layer.SumPool * shape.Width) + (x / layer.SumPool)) * shape.Channels;
                AddPixel(sumRe.AsSpan(at, shape.Channels), sumIm.AsSpan(at, shape.Channels));
            }
        }

        long largest = Largest(sumRe, sumIm);
        if (largest > bound)
        {
            throw new InvalidOperationException($"layer {layer.Name}: |acc| {largest} beyond its bound {bound}");
        }

        if (layer.Output == OutputKind.Values)
        {
            return new ReferenceValues(layer.Norm, sumRe, sumIm, residual).Map(layer.Name, shape, largest, keepAccumulators ? (sumRe, sumIm) : null);
        }

        (sbyte[] bitsRe, sbyte[] bitsIm) = ReferenceNorm.Signs(layer.Norm, sumRe, sumIm);
        MapShape output = layer.OutputShape;
        return new ReferenceMap(
            layer.Name, output, MaxPool(bitsRe, shape, output, layer.MaxPool), MaxPool(bitsIm, shape, output, layer.MaxPool),
            largest, keepAccumulators ? (sumRe, sumIm) : null);
    }

    private static long Largest(int[] re, int[] im)
    {
        long largest = 0;
        for (int i = 0; i < re.Length; i++)
        {
            largest = Math.Max(largest, Math.Max(Math.Abs((long)re[i]), Math.Abs((long)im[i])));
        }

        return largest;
    }

    private static sbyte[] MaxPool(sbyte[] map, MapShape shape, MapShape output, int k)
    {
        if (k == 1)
        {
            return map;
        }

        sbyte[] pooled = new sbyte[output.Pixels * output.Channels];
        Array.Fill(pooled, (sbyte)-1);
        for (int y = 0; y < output.Height * k; y++)
        {
            for (int x = 0; x < output.Width * k; x++)
            {
                int from = ((y * shape.Width) + x) * shape.Channels;
                int to = ((y / k * output.Width) + (x / k)) * output.Channels;
                for (int c = 0; c < output.Channels; c++)
                {
                    pooled[to + c] = Math.Max(pooled[to + c], map[from + c]);
                }
            }
        }

        return pooled;
    }

    private void FillWindow(int[] re, int[] im, int y, int x)
    {
        if (layer.KeptTaps is null)
        {
            FillDense(re, im, y, x);
            return;
        }

        MapShape map = layer.InputShape;
        for (int i = 0; i < kept.Length; i++)
        {
            int row = (y * layer.StrideY) + kept[i].Y - layer.PaddingY;
            int column = (x * layer.StrideX) + kept[i].X - layer.PaddingX;
            bool inside = row >= 0 && row < map.Height && column >= 0 && column < map.Width;
            int from = (((row * map.Width) + column) * map.Channels) + kept[i].Channel;
            windowRe[i] = inside ? re[from] : 0;
            windowIm[i] = inside ? im[from] : 0;
        }
    }

    private void FillDense(int[] re, int[] im, int y, int x)
    {
        MapShape map = layer.InputShape;
        int tap = 0;
        for (int ky = 0; ky < layer.KernelHeight; ky++)
        {
            for (int kx = 0; kx < layer.KernelWidth; kx++)
            {
                int row = (y * layer.StrideY) + ky - layer.PaddingY;
                int column = (x * layer.StrideX) + kx - layer.PaddingX;
                bool inside = row >= 0 && row < map.Height && column >= 0 && column < map.Width;
                for (int c = 0; c < map.Channels; c++, tap++)
                {
                    int from = (((row * map.Width) + column) * map.Channels) + c;
                    windowRe[tap] = inside ? re[from] : 0;
                    windowIm[tap] = inside ? im[from] : 0;
                }
            }
        }
    }

    /// <summary>(a + ib)(x + iy) summed over the window, for every output channel.</summary>
    private void AddPixel(Span<int> sumRe, Span<int> sumIm)
    {
        for (int row = 0; row < sumRe.Length; row++)
        {
            Vector<int> re = Vector<int>.Zero;
            Vector<int> im = Vector<int>.Zero;
            for (int t = 0; t < stride; t += Vector<int>.Count)
            {
                Vector<int> a = new(weightRe, (row * stride) + t);
                Vector<int> b = new(weightIm, (row * stride) + t);
                Vector<int> x = new(windowRe, t);
                Vector<int> y = new(windowIm, t);
                re += (a * x) - (b * y);
                im += (a * y) + (b * x);
            }

            sumRe[row] += Vector.Sum(re);
            sumIm[row] += Vector.Sum(im);
        }
    }
}
