using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>Keeps the filters of largest ||Re||^2 + ||Im||^2 of the latent weights; ties go to the lower index.</summary>
public sealed class MagnitudePruning : IPruningMethod
{
    public string Name => "magnitude";

    public IReadOnlyList<int[]> Project(ComplexNet<float> net, IReadOnlyList<int> kept) =>
        [.. net.Convolutions.Select((convolution, layer) => Largest(convolution, kept[layer]))];

    private static int[] Largest(BinaryConvolution<float> convolution, int count)
    {
        double[] norms = [.. Enumerable.Range(0, convolution.Shape.OutputChannels).Select(o => Norm(convolution, o))];
        return [.. Enumerable.Range(0, norms.Length).OrderByDescending(o => norms[o]).ThenBy(o => o).Take(count).Order()];
    }

    private static double Norm(BinaryConvolution<float> convolution, int filter)
    {
        int taps = convolution.Shape.Taps;
        double sum = 0;
        for (int i = filter * taps; i < (filter + 1) * taps; i++)
        {
            sum += ((double)convolution.WeightRe[i] * convolution.WeightRe[i]) + ((double)convolution.WeightIm[i] * convolution.WeightIm[i]);
        }

        return sum;
    }
}
