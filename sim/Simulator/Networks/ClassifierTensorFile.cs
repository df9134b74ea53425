using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>Classifier of the weights file: NODE.weight I8 [K, 2C], NODE.bias I64 [K].</summary>
internal static class ClassifierTensorFile
{
    public static ClassifierLayer? Read(TensorSource source, ClassifierText node, MapShape map)
    {
        long features = 2L * map.Channels;
        sbyte[]? weights = source.Take(node.Name, WeightName(node.Name), TensorType.I8, node.Classes, features)?.ToInt8();
        long[]? bias = source.Take(node.Name, BiasName(node.Name), TensorType.I64, node.Classes)?.ToInt64();
        if (weights is null || bias is null)
        {
            return null;
        }

        ClassifierLayer layer = new(node.Name, node.Source, map, node.Classes, weights, bias) { ReadsValues = node.ReadsValues, Relu = node.Relu };
        CheckScores(source, layer);
        return layer;
    }

    public static IEnumerable<WeightTensor> Tensors(ClassifierLayer layer)
    {
        yield return WeightTensor.Of(WeightName(layer.Name), [layer.ClassCount, layer.Features], layer.Weights);
        yield return WeightTensor.Of(BiasName(layer.Name), [layer.ClassCount], layer.Bias);
    }

    private static string WeightName(string node) => $"{node}.weight";

    private static string BiasName(string node) => $"{node}.bias";

    /// <summary>|bias| + pixels * largest feature * sum |w| &lt; 2^47: the 48-bit accumulator never wraps.</summary>
    private static void CheckScores(TensorSource source, ClassifierLayer layer)
    {
        for (int k = 0; k < layer.ClassCount; k++)
        {
            long bias = layer.Bias[k];
            long sum = 0;
            foreach (sbyte weight in layer.Weights.AsSpan(k * layer.Features, layer.Features))
            {
                sum += Math.Abs((int)weight);
            }

            // pixels and features are bounded by the map limit 2^26, |w| by 2^7, a feature by 2^15: far below 2^63.
            if (bias <= -NetworkLimits.Signed48 || bias >= NetworkLimits.Signed48 || Math.Abs(bias) + (sum * layer.InputShape.Pixels * layer.FeatureBound) >= NetworkLimits.Signed48)
            {
                source.Refuse(layer.Name, BiasName(layer.Name), string.Create(CultureInfo.InvariantCulture, $"class {k} bias {bias}"), "|bias| + pixels * largest feature * sum |weight| must stay below 2^47", "Scale the class down");
            }
        }
    }
}
