using System.Numerics;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Forward discrete Fourier transform of a power-of-two length (Cooley, Tukey, 1965; radix 2, in place, tabulated
/// twiddles): X[k] = sum_n x[n] exp(-2 pi i k n / N), no scale. MathNet's transform is general but allocates per call;
/// the stft calls this 32 times per burst. A test holds it against MathNet.
/// </summary>
public sealed class FourierTransform
{
    private readonly double[] cos;
    private readonly double[] sin;

    /// <summary>A transform of <paramref name="size"/> points, a power of two.</summary>
    public FourierTransform(int size)
    {
        if (!BitOperations.IsPow2(size))
        {
            throw new ArgumentException($"{size} is no power of two", nameof(size));
        }

        Size = size;
        cos = new double[size / 2];
        sin = new double[size / 2];
        for (int k = 0; k < size / 2; k++)
        {
            (sin[k], cos[k]) = Math.SinCos(-Math.Tau * k / size);
        }
    }

    /// <summary>Points.</summary>
    public int Size { get; }

    /// <summary>Transforms in place.</summary>
    public void Forward(Span<double> re, Span<double> im)
    {
        Reorder(re, im);
        for (int half = 1; half < Size; half *= 2)
        {
            int stride = Size / (2 * half);
            for (int block = 0; block < Size; block += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    Butterfly(re, im, block + k, block + k + half, k * stride);
                }
            }
        }
    }

    private void Butterfly(Span<double> re, Span<double> im, int a, int b, int twiddle)
    {
        double turnedRe = (re[b] * cos[twiddle]) - (im[b] * sin[twiddle]);
        double turnedIm = (re[b] * sin[twiddle]) + (im[b] * cos[twiddle]);
        re[b] = re[a] - turnedRe;
        im[b] = im[a] - turnedIm;
        re[a] += turnedRe;
        im[a] += turnedIm;
    }

    private void Reorder(Span<double> re, Span<double> im)
    {
        for (int n = 0, mirror = 0; n < Size; n++)
        {
            if (n < mirror)
            {
                (re[n], re[mirror]) = (re[mirror], re[n]);
                (im[n], im[mirror]) = (im[mirror], im[n]);
            }

            int bit = Size >> 1;
            while (bit > 0 && (mirror & bit) != 0)
            {
                mirror ^= bit;
                bit >>= 1;
            }

            mirror |= bit;
        }
    }
}
