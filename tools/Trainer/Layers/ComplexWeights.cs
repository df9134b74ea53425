using System.Numerics;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>
/// Complex weights [Cout, T] as one real matrix [2T, 2Cout]: (a + ib)(x + iy) = (ax - by) + i(bx + ay). Row
/// tap*2Cin + part*Cin + c follows the patch rows; column part*Cout + channel follows the output pixel.
/// </summary>
internal sealed unsafe class ComplexWeights<T>(ConvolutionShape shape) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Filters of one part.
    private const int FilterBlock = 16;

    private readonly AlignedBuffer<T> matrix = new(4 * shape.Weights);
    private readonly AlignedBuffer<T> transposed = new(4 * shape.Weights);

    /// <summary>[2T, 2Cout].</summary>
    public T* Matrix => matrix.Data;

    /// <summary>[2Cout, 2T].</summary>
    public T* Transposed => transposed.Data;

    private int Parts => WorkSplit.Pieces(shape.OutputChannels, FilterBlock);

    /// <summary>Refreshes both matrices with weight times gate; <paramref name="binary"/> takes signs, sign(0) = +1.</summary>
    public void Load(T[] re, T[] im, T[] gate, bool binary, WorkSplit work)
    {
        work.RunParts(Parts, (part, _) =>
        {
            for (int o = part * FilterBlock; o < Math.Min((part + 1) * FilterBlock, shape.OutputChannels); o++)
            {
                LoadFilter(o, re, im, gate, binary);
            }
        });
        Transposition.Run(Transposed, 2 * shape.OutputChannels, 2 * shape.Taps, Matrix, work);
    }

    /// <summary>Sets the gradients of both parts from the gradient of the matrix.</summary>
    public void Fold(T* gradient, T[] re, T[] im, WorkSplit work)
    {
        int columns = 2 * shape.OutputChannels;
        work.RunParts(Parts, (part, _) =>
        {
            for (int t = 0; t < shape.Taps; t++)
            {
                T* rowRe = gradient + ((long)Row(t) * columns);
                T* rowIm = rowRe + ((long)shape.Input.Channels * columns);
                for (int o = part * FilterBlock; o < Math.Min((part + 1) * FilterBlock, shape.OutputChannels); o++)
                {
                    re[(o * shape.Taps) + t] = rowRe[o] + rowIm[shape.OutputChannels + o];
                    im[(o * shape.Taps) + t] = rowRe[shape.OutputChannels + o] - rowIm[o];
                }
            }
        });
    }

    public void Dispose()
    {
        matrix.Dispose();
        transposed.Dispose();
    }

    private static T Used(T value, bool binary) => !binary ? value : value >= T.Zero ? T.One : -T.One;

    // Row of the real part of a tap; that of the imaginary part lies Cin further on.
    private int Row(int tap)
    {
        int channels = shape.Input.Channels;
        return (tap / channels * 2 * channels) + (tap % channels);
    }

    // Rows o and Cout + o of the transpose: a, -b and b, a by kernel position.
    private void LoadFilter(int o, T[] re, T[] im, T[] gate, bool binary)
    {
        int channels = shape.Input.Channels, first = o * shape.Taps;
        T* outRe = Transposed + ((long)o * 2 * shape.Taps);
        T* outIm = outRe + ((long)shape.OutputChannels * 2 * shape.Taps);
        for (int t = 0; t < shape.Taps; t += channels, outRe += 2 * channels, outIm += 2 * channels)
        {
            for (int c = 0; c < channels; c++)
            {
                T a = Used(re[first + t + c], binary) * gate[first + t + c];
                T b = Used(im[first + t + c], binary) * gate[first + t + c];
                outRe[c] = a;
                outRe[channels + c] = -b;
                outIm[c] = b;
                outIm[channels + c] = a;
            }
        }
    }
}
