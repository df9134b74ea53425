namespace BcnnSim.Networks;

/// <summary>
/// Real classifier on the sum-pooled features of the last layer's bits or values: score[k] = bias[k] + sum_j weight[k][j]*S[j],
/// S[j] = sum over the map of feature j; feature j &lt; C is the real part of channel j, feature C + j its imaginary part.
/// argmax takes the lowest index on ties.
/// </summary>
/// <param name="Name">Unique in the network.</param>
/// <param name="Source">Producing layer.</param>
/// <param name="InputShape">Map it sums over.</param>
/// <param name="ClassCount">K.</param>
/// <param name="Weights">int8, [K, 2C] row-major.</param>
/// <param name="Bias">int48 range in int64, [K].</param>
public sealed record ClassifierLayer(
    string Name,
    string Source,
    MapShape InputShape,
    int ClassCount,
    sbyte[] Weights,
    long[] Bias)
{
    /// <summary>Features are the 16-bit values of the source instead of its bits.</summary>
    public bool ReadsValues { get; init; }

    /// <summary>Each value passes max(v, 0) before it is summed; only with values.</summary>
    public bool Relu { get; init; }

    /// <summary>Largest magnitude of one feature at one pixel.</summary>
    public int FeatureBound => ReadsValues ? 1 << 15 : 1;

    /// <summary>2C.</summary>
    public int Features => 2 * InputShape.Channels;
}
