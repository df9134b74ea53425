using System.Globalization;
using BcnnSim.Networks;

namespace BcnnSim.Interchange;

/// <summary>What a network must satisfy to have an integer-exact model: all violations at once. Norms and scores are below 2^47 in every network that was read.</summary>
public static class OnnxRules
{
    /// <summary>Integers up to here are exact in float32, in which the sums of a convolution are computed.</summary>
    public const long LargestSum = 1 << 24;

    /// <summary>Bytes of weights (two of a complex weight, pruned ones too, one of the classifier) that leave room for the rest in a file below 2 GiB.</summary>
    public const long LargestWeightBytes = 2_000_000_000;

    public static IReadOnlyList<Violation> Check(Network network)
    {
        List<Violation> found = [];
        string source = $"network {network.Name}";
        if (network.TimingOnly)
        {
            found.Add(new Violation(source, "weights", "absent", "a shape is timing only: there are no trained values to export", "Export a trained network"));
            return found;
        }

        if (network.Classifier is null)
        {
            found.Add(new Violation(source, "classifier", "absent", "a model gives scores and a class", "Add a classifier node"));
        }

        long bytes = network.Layers.Sum(l => 2L * l.DenseTaps * l.OutputChannels) + (network.Classifier?.Weights.Length ?? 0);
        if (bytes > LargestWeightBytes)
        {
            found.Add(new Violation(source, "weights", string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"), $"an ONNX file holds less than 2 GiB, of that {LargestWeightBytes} bytes of weights", "Export a smaller network"));
        }

        foreach (ConvolutionLayer layer in network.Layers)
        {
            long bound = layer.AccumulatorBound(network.PlanesOf(layer));
            if (bound > LargestSum)
            {
                string value = string.Create(CultureInfo.InvariantCulture, $"sums up to {bound}");
                found.Add(new Violation(source, layer.Name, value, $"float32 holds every integer only up to 2^24 = {LargestSum}", "Use fewer taps, fewer input bits or a smaller sum pooling"));
            }
        }

        return found;
    }
}
