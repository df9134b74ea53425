using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// Keeps the filters of largest ||Re||^2 + ||Im||^2 of the latent weights; ties go to the lower index. Layers whose values are
/// added together keep the same channels, by the sum of their squared norms.
/// </summary>
public sealed class MagnitudePruning : IPruningMethod
{
    public string Name => "magnitude";

    public IReadOnlyList<int[]> Project(ComplexNet<float> net, IReadOnlyList<int> kept)
    {
        int[] ties = net.Shape.Ties();
        double[][] scores = [.. net.Shape.Layers.Select(layer => new double[layer.OutputChannels])];
        for (int i = 0; i < ties.Length; i++)
        {
            for (int filter = 0; filter < scores[i].Length; filter++)
            {
                scores[ties[i]][filter] += Norm(net.Convolutions[i], filter);
            }
        }

        return [.. ties.Select((first, i) => Largest(scores[first], kept[i]))];
    }

    private static int[] Largest(double[] norms, int count) =>
        [.. Enumerable.Range(0, norms.Length).OrderByDescending(o => norms[o]).ThenBy(o => o).Take(count).Order()];

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
