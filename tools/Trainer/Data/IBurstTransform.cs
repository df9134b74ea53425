using BcnnSim.Networks;

namespace BcnnSim.Trainer.Data;

/// <summary>
/// Host-side map from a burst of unit mean power to the complex map of the network's input, before the P-bit grid.
/// Pure and free of state: it may be called from several threads. Values are divided by the transform's clip constants
/// so that [-1, 1] is well used; the quantiser clips what lies outside.
/// </summary>
public interface IBurstTransform
{
    /// <summary>Name in network.json.</summary>
    string Name { get; }

    /// <summary>Shape of the map.</summary>
    MapShape Shape { get; }

    /// <summary>Samples of a burst.</summary>
    int Samples { get; }

    /// <summary>Everything needed to make the same transform again; transformParameters of network.json.</summary>
    IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>Writes the map, layout [channel][y][x], from the burst re + i*im.</summary>
    void Apply(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> mapRe, Span<double> mapIm);
}
