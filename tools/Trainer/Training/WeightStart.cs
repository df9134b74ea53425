using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// Uniform starts. Latent weights: Xavier with gain 4, real and imaginary parts separately (the authors' recipe). Float weights:
/// He (arXiv 1502.01852), whose variance a complex weight shares between its parts. The head and the imaginary branch: Xavier.
/// </summary>
public static class WeightStart
{
    private const double LatentGain = 4;

    /// <param name="net">Gets the weights.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="other">Not the weights that the dense network of this seed starts from.</param>
    public static void Draw(INetwork net, ulong seed, bool other = false)
    {
        string of = other ? "twin " : string.Empty;
        for (int i = 0; i < net.Prunable.Count; i++)
        {
            PrunableWeights layer = net.Prunable[i];
            var stream = new SeededStream(seed, $"{of}weights", (ulong)i);
            foreach (float[] part in layer.Parts)
            {
                Uniform(stream, part, Bound(layer));
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

    private static double Bound(PrunableWeights layer)
    {
        ConvolutionShape shape = layer.Shape;
        double fan = shape.Taps + ((double)shape.KernelHeight * shape.KernelWidth * shape.OutputChannels);
        return layer.Binary ? LatentGain * Math.Sqrt(6 / fan) : Math.Sqrt(6.0 / (shape.Taps * layer.Parts.Length));
    }

    private static void Uniform(SeededStream stream, float[] values, double bound)
    {
        double kept = Math.Min(bound, NormActivation<float>.Bound);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * stream.NextDouble()) - 1) * kept);
        }
    }
}
