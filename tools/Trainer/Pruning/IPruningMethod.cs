using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// Decides which filters stay. The projection only reads the network; the caller masks and compacts. Methods that train
/// towards their projection (ADMM, SLR, reweighted) join here with their own phases.
/// </summary>
public interface IPruningMethod
{
    /// <summary>Name in a configuration and in provenance.</summary>
    string Name { get; }

    /// <summary>For every layer the indices of its kept output channels, rising; exactly <paramref name="kept"/>[i] of them.</summary>
    IReadOnlyList<int[]> Project(ComplexNet<float> net, IReadOnlyList<int> kept);
}
