using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Average, linear map and batch norm merged into int8 weights on feature sums and an integer bias. Values are feature times
/// 2^f, and so is the bias. One scale for all
/// classes, since scores are compared. The scale is the one of least squared weight error; weights beyond it saturate. Given
/// the mean features, the bias takes up the mean of what rounding changes.
/// </summary>
internal static class HeadFolding
{
    // Scales tried, as multiples of the one that just fits the largest weight.
    private const int Scales = 41;
    private const double ScaleStep = 0.05;

    public static ClassifierLayer Fold(ClassifierHead<float> head, MapShape map, string source, double[]? meanFeatures, int? fractionBits = null, bool relu = false)
    {
        (double[] weights, double[] bias) = Merge(head, map.Pixels);
        double factor = BestFactor(weights);
        double unit = Math.ScaleB(1, fractionBits ?? 0);
        sbyte[] rounded = [.. weights.Select(w => Rounded(w * factor))];
        var constants = new long[head.Classes];
        for (int k = 0; k < head.Classes; k++)
        {
            double shift = 0;
            for (int f = 0; meanFeatures is not null && f < head.Features; f++)
            {
                int at = (k * head.Features) + f;
                shift += ((weights[at] * factor) - rounded[at]) * meanFeatures[f] * map.Pixels;
            }

            constants[k] = (long)Math.Round(((bias[k] * factor) + shift) * unit, MidpointRounding.ToEven);
        }

        return new ClassifierLayer("classifier", source, map, head.Classes, rounded, constants) { ReadsValues = fractionBits is not null, Relu = relu };
    }

    private static (double[] Weights, double[] Bias) Merge(ClassifierHead<float> head, int pixels)
    {
        var weights = new double[head.Weight.Length];
        var bias = new double[head.Classes];
        for (int k = 0; k < head.Classes; k++)
        {
            double gain = head.Gain[k] / Math.Sqrt(head.RunningVariance[k] + ClassifierHead<float>.Epsilon);
            bias[k] = head.Shift[k] - (gain * head.RunningMean[k]);
            for (int f = 0; f < head.Features; f++)
            {
                weights[(k * head.Features) + f] = gain * head.Weight[(k * head.Features) + f] / pixels;
            }
        }

        return (weights, bias);
    }

    private static sbyte Rounded(double value) =>
        (sbyte)Math.Clamp(Math.Round(value, MidpointRounding.ToEven), -sbyte.MaxValue, sbyte.MaxValue);

    private static double BestFactor(double[] weights)
    {
        double top = weights.Max(Math.Abs);
        return top == 0 ? 1 : Enumerable.Range(0, Scales).Select(i => sbyte.MaxValue / top * (1 + (ScaleStep * i))).MinBy(
            factor => weights.Sum(w => Math.Pow(w - (Rounded(w * factor) / factor), 2)));
    }
}
