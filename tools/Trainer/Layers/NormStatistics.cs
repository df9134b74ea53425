using System.Numerics;

namespace BcnnSim.Trainer.Layers;

/// <summary>Per-lane sums over images: in vectors within an image, in double across images.</summary>
internal static unsafe class NormStatistics
{
    /// <summary>Sum of x, or of (x - centre)^2, of every lane.</summary>
    public static double[] Sums<T>(FeatureBatch<T> x, T[] centre, bool squares, int first, int images)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = x.Lanes;
        int width = Vector<T>.Count;
        var sums = new double[lanes];
        var image = new T[lanes];
        for (int n = first; n < first + images; n++)
        {
            for (int c = 0; c < lanes; c += width)
            {
                // The last block overlaps the one before it; its lanes are assigned twice with the same value.
                int at = Math.Min(c, lanes - width);
                Vector<T> centred = new(centre, at);
                Vector<T> sum = Vector<T>.Zero;
                T* p = x.Image(n) + at;
                for (int pixel = 0; pixel < x.Shape.Pixels; pixel++, p += lanes)
                {
                    Vector<T> d = Vector.Load(p) - centred;
                    sum += squares ? d * d : d;
                }

                sum.CopyTo(image, at);
            }

            for (int i = 0; i < lanes; i++)
            {
                sums[i] += double.CreateChecked(image[i]);
            }
        }

        return sums;
    }
}
