using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Export;

/// <summary>
/// Average, linear map and batch norm merged into int8 weights on feature sums and an integer bias. One scale for all
/// classes, since scores are compared: the largest |weight| becomes 127.
/// </summary>
internal static class HeadFolding
{
    public static ClassifierLayer Fold(ClassifierHead<float> head, MapShape map, string source)
    {
        var weights = new double[head.Weight.Length];
        var bias = new double[head.Classes];
        for (int k = 0; k < head.Classes; k++)
        {
            double gain = head.Gain[k] / Math.Sqrt(head.RunningVariance[k] + ClassifierHead<float>.Epsilon);
            bias[k] = head.Shift[k] - (gain * head.RunningMean[k]);
            for (int f = 0; f < head.Features; f++)
            {
                weights[(k * head.Features) + f] = gain * head.Weight[(k * head.Features) + f] / map.Pixels;
            }
        }

        double top = weights.Max(Math.Abs);
        double factor = top > 0 ? sbyte.MaxValue / top : 1;
        return new ClassifierLayer(
            "classifier", source, map, head.Classes,
            [.. weights.Select(w => (sbyte)Math.Round(w * factor, MidpointRounding.ToEven))],
            [.. bias.Select(b => (long)Math.Round(b * factor, MidpointRounding.ToEven))]);
    }
}
