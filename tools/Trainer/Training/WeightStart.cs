using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Uniform starts. Latent weights: Xavier with gain 4, real and imaginary parts separately (the authors' recipe). Float weights:
/// He (arXiv 1502.01852), whose variance a complex weight shares between its parts; a filter's inputs are those its gates let
/// through, so that its sums keep their variance behind a mask (Evci et al., arXiv 2010.03533). The head and the imaginary branch: Xavier.
/// </summary>
public static class WeightStart
{
    private const double LatentGain = 4;

    /// <param name="net">Gets the weights; its gates are those it is trained with.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="other">Not the weights that the dense network of this seed starts from.</param>
    public static void Draw(INetwork net, ulong seed, bool other = false)
    {
        string of = other ? "twin " : string.Empty;
        for (int i = 0; i < net.Prunable.Count; i++)
        {
            PrunableWeights layer = net.Prunable[i];
            var stream = new SeededStream(seed, $"{of}weights", (ulong)i);
            double[] bounds = [.. Enumerable.Range(0, layer.Shape.OutputChannels).Select(filter => Bound(layer, filter))];
            foreach (float[] part in layer.Parts)
            {
                for (int filter = 0; filter < bounds.Length; filter++)
                {
                    Uniform(stream, part.AsSpan(filter * layer.Shape.Taps, layer.Shape.Taps), bounds[filter]);
                }
            }
        }

        Uniform(new SeededStream(seed, $"{of}head"), net.Head.Weight, Math.Sqrt(6.0 / (net.Head.Features + net.Head.Classes)));
        if (net is ComplexNet<float> { Imaginary.State: var imaginary })
        {
            double bound = Math.Sqrt(6.0 / (2 * imaginary.Channels));
            Uniform(new SeededStream(seed, $"{of}imaginary", 1), imaginary.Weight1, bound);
            Uniform(new SeededStream(seed, $"{of}imaginary", 2), imaginary.Weight2, bound);
        }

        net.Refresh();
    }

    private static double Bound(PrunableWeights layer, int filter)
    {
        ConvolutionShape shape = layer.Shape;
        if (layer.Binary)
        {
            double bound = LatentGain * Math.Sqrt(6 / (shape.Taps + ((double)shape.KernelHeight * shape.KernelWidth * shape.OutputChannels)));
            return Math.Min(bound, NormActivation<float>.Bound);
        }

        ReadOnlySpan<float> gates = layer.Gate.AsSpan(filter * shape.Taps, shape.Taps);
        int inputs = Math.Max(1, shape.Taps - gates.Count(0));
        return Math.Sqrt(6.0 / (inputs * layer.Parts.Length));
    }

    private static void Uniform(SeededStream stream, Span<float> values, double bound)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * stream.NextDouble()) - 1) * bound);
        }
    }
}
