using System.Globalization;
using BcnnSim.Networks;

namespace BcnnSim.Interchange;

/// <summary>What a network must satisfy to have an integer-exact model: all violations at once. Norms and scores are below 2^47 in every network that was read.</summary>
public static class OnnxRules
{
    /// <summary>Integers up to here are exact in float32, in which the sums of a convolution are computed.</summary>
    public const long LargestSum = 1 << 24;

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
