using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;
using MathNet.Numerics.LinearAlgebra;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Average, linear map and batch norm merged into int8 weights on feature sums and an integer bias. Values are feature times
/// 2^f, and so is the bias. One scale for all classes, since scores are compared: of those tried the one with which
/// <see cref="HeadRounding"/> loses least. The bias takes up the mean of what rounding changes.
/// </summary>
internal static class HeadFolding
{
    // Scales tried, as multiples of the one that just spans the weights; error feedback may need room, saturation may pay.
    private const int Scales = 61;
    private const double FirstScale = 0.5;
    private const double ScaleStep = 0.05;

    /// <param name="head">Trained head.</param>
    /// <param name="map">Map it reads.</param>
    /// <param name="source">Name of the layer it reads.</param>
    /// <param name="moments">Of its averaged features; null takes them as independent, of equal variance and mean 0.</param>
    /// <param name="fractionBits">Of the values it reads; null = bits.</param>
    /// <param name="relu">Features pass a ReLU.</param>
    public static ClassifierLayer Fold(ClassifierHead<float> head, MapShape map, string source, FeatureMoments? moments, int? fractionBits = null, bool relu = false)
    {
        (double[,] weights, double[] bias) = Merge(head, map.Pixels);
        (sbyte[,] rounded, double factor) = Best(weights, moments?.Covariance() ?? Matrix<double>.Build.DenseIdentity(head.Features));
        double[] mean = moments?.Mean() ?? new double[head.Features];
        double unit = Math.ScaleB(1, fractionBits ?? 0);
        var constants = new long[head.Classes];
        for (int k = 0; k < head.Classes; k++)
        {
            double lost = Enumerable.Range(0, head.Features).Sum(f => ((weights[k, f] * factor) - rounded[k, f]) * mean[f] * map.Pixels);
            constants[k] = (long)Math.Round(((bias[k] * factor) + lost) * unit, MidpointRounding.ToEven);
        }

        return new ClassifierLayer("classifier", source, map, head.Classes, [.. rounded.Cast<sbyte>()], constants) { ReadsValues = fractionBits is not null, Relu = relu };
    }

    private static (sbyte[,] Rounded, double Factor) Best(double[,] weights, Matrix<double> covariance)
    {
        var rounding = new HeadRounding(weights, covariance);
        double span = rounding.Span();
        double fit = span == 0 ? 1 : sbyte.MaxValue / span;
        double[] factors = [.. Enumerable.Range(0, Scales).Select(i => fit * (FirstScale + (ScaleStep * i)))];
        double best = factors.MinBy(factor => rounding.Round(factor).Error);
        return (rounding.Round(best).Rounded, best);
    }

    private static (double[,] Weights, double[] Bias) Merge(ClassifierHead<float> head, int pixels)
    {
        var weights = new double[head.Classes, head.Features];
        var bias = new double[head.Classes];
        for (int k = 0; k < head.Classes; k++)
        {
            double gain = head.Gain[k] / Math.Sqrt(head.RunningVariance[k] + ClassifierHead<float>.Epsilon);
            bias[k] = head.Shift[k] - (gain * head.RunningMean[k]);
            for (int f = 0; f < head.Features; f++)
            {
                weights[k, f] = gain * head.Weight[(k * head.Features) + f] / pixels;
            }
        }

        return (weights, bias);
    }
}
