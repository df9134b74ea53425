namespace BcnnSim.Networks;

/// <summary>What one convolution layer leaves, as plain integers in the layout [y][x][c].</summary>
/// <param name="Layer">Layer name.</param>
/// <param name="Shape">Shape of the binarized map, after max pooling.</param>
/// <param name="Re">Real parts, +1 or -1.</param>
/// <param name="Im">Imaginary parts, +1 or -1.</param>
/// <param name="LargestAccumulator">Largest |acc| of either component before the norm.</param>
/// <param name="Accumulators">Sums before the norm when asked for: re and im after sum pooling, layout [y][x][c] of the norm's shape.</param>
public sealed record ReferenceMap(
    string Layer,
    MapShape Shape,
    sbyte[] Re,
    sbyte[] Im,
    long LargestAccumulator,
    (int[] Re, int[] Im)? Accumulators)
{
    /// <summary>16-bit values after the residual add, same layout; null where the layer has bits only.</summary>
    public (short[] Re, short[] Im)? Values { get; init; }

    /// <summary>Components the norm had to saturate to 16 bits.</summary>
    public long NormSaturations { get; init; }

    /// <summary>Components the residual add had to saturate.</summary>
    public long ResidualSaturations { get; init; }
}
