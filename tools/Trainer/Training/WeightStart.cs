using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Xavier uniform starts: latent weights with gain 4, real and imaginary parts separately (the authors' recipe); the head and the imaginary branch with gain 1.</summary>
public static class WeightStart
{
    private const double LatentGain = 4;

    public static void Draw(ComplexNet<float> net, ulong seed)
    {
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            BinaryConvolution<float> c = net.Convolutions[i];
            int window = c.Shape.KernelHeight * c.Shape.KernelWidth;
            double fan = c.Shape.Taps + ((double)window * c.Shape.OutputChannels);
            var stream = new SeededStream(seed, "weights", (ulong)i);
            Uniform(stream, c.WeightRe, LatentGain * Math.Sqrt(6 / fan));
            Uniform(stream, c.WeightIm, LatentGain * Math.Sqrt(6 / fan));
        }

        Uniform(new SeededStream(seed, "head"), net.Head.Weight, Math.Sqrt(6.0 / (net.Head.Features + net.Head.Classes)));
        if (net.Imaginary is { State: var imaginary })
        {
            double bound = Math.Sqrt(6.0 / (2 * imaginary.Channels));
            Uniform(new SeededStream(seed, "imaginary", 1), imaginary.Weight1, bound);
            Uniform(new SeededStream(seed, "imaginary", 2), imaginary.Weight2, bound);
        }

        net.Refresh();
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
