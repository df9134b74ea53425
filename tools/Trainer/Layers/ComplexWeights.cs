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
    private readonly AlignedBuffer<T> matrix = new(4 * shape.Weights);
    private readonly AlignedBuffer<T> transposed = new(4 * shape.Weights);

    /// <summary>[2T, 2Cout].</summary>
    public T* Matrix => matrix.Data;

    /// <summary>[2Cout, 2T].</summary>
    public T* Transposed => transposed.Data;

    /// <summary>Refreshes both matrices with weight times gate; <paramref name="binary"/> takes signs, sign(0) = +1.</summary>
    public void Load(T[] re, T[] im, T[] gate, bool binary)
    {
        int columns = 2 * shape.OutputChannels;
        int rows = 2 * shape.Taps;
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            for (int t = 0; t < shape.Taps; t++)
            {
                T a = Used(re[(o * shape.Taps) + t], binary) * gate[(o * shape.Taps) + t];
                T b = Used(im[(o * shape.Taps) + t], binary) * gate[(o * shape.Taps) + t];
                (int r, int i) = Rows(t);
                Put(r, o, a, columns, rows);
                Put(i, o, -b, columns, rows);
                Put(r, shape.OutputChannels + o, b, columns, rows);
                Put(i, shape.OutputChannels + o, a, columns, rows);
            }
        }
    }

    /// <summary>Sets the gradients of both parts from the gradient of the matrix.</summary>
    public void Fold(T* gradient, T[] re, T[] im)
    {
        int columns = 2 * shape.OutputChannels;
        for (int o = 0; o < shape.OutputChannels; o++)
        {
            for (int t = 0; t < shape.Taps; t++)
            {
                (int r, int i) = Rows(t);
                T* rowRe = gradient + ((long)r * columns) + o;
                T* rowIm = gradient + ((long)i * columns) + o;
                re[(o * shape.Taps) + t] = rowRe[0] + rowIm[shape.OutputChannels];
                im[(o * shape.Taps) + t] = rowRe[shape.OutputChannels] - rowIm[0];
            }
        }
    }

    public void Dispose()
    {
        matrix.Dispose();
        transposed.Dispose();
    }

    private static T Used(T value, bool binary) => !binary ? value : value >= T.Zero ? T.One : -T.One;

    private (int Re, int Im) Rows(int tap)
    {
        int channels = shape.Input.Channels;
        int row = (tap / channels * 2 * channels) + (tap % channels);
        return (row, row + channels);
    }

    private void Put(int row, int column, T value, int columns, int rows)
    {
        matrix.Data[((long)row * columns) + column] = value;
        transposed.Data[((long)column * rows) + row] = value;
    }
}
