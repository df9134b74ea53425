using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Kernels;

namespace BcnnSim.Trainer.Layers;

/// <summary>Mean and biased variance of few channels over all pixels of a batch: in double, per chunk of images, chunks merged in order.</summary>
internal static class PixelMoments
{
    /// <param name="values">[image][pixel][stride]; the first C of each pixel count.</param>
    /// <param name="stride">Values of one pixel.</param>
    /// <param name="shape">Pixels and C.</param>
    /// <param name="count">Images.</param>
    /// <param name="divisor">Values are divided by it first.</param>
    /// <param name="work">Threads.</param>
    public static unsafe (double[] Mean, T[] MeanT, T[] Variance) Of<T>(Span<T> values, int stride, MapShape shape, int count, T divisor, WorkSplit work)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* data = values)
        {
            T* start = data;
            double pixels = (double)count * shape.Pixels;
            double[] Mean(double[] centre, bool squares)
            {
                var parts = new double[WorkSplit.Chunks(count)][];
                work.Run(count, (chunk, first, images, _) =>
                    parts[chunk] = Sums(start + ((long)first * shape.Pixels * stride), stride, (long)images * shape.Pixels, centre, divisor, squares));
                return [.. Enumerable.Range(0, shape.Channels).Select(c => parts.Sum(part => part[c]) / pixels)];
            }

            double[] mean = Mean(new double[shape.Channels], squares: false);
            return (mean, Array.ConvertAll(mean, T.CreateChecked), Array.ConvertAll(Mean(mean, squares: true), T.CreateChecked));
        }
    }

    private static unsafe double[] Sums<T>(T* x, int stride, long pixels, double[] centre, T divisor, bool squares)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sums = new double[centre.Length];
        for (long p = 0; p < pixels; p++, x += stride)
        {
            for (int c = 0; c < sums.Length; c++)
            {
                double d = double.CreateChecked(x[c] / divisor) - centre[c];
                sums[c] += squares ? d * d : d;
            }
        }

        return sums;
    }
}
