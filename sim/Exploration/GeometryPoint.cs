namespace BcnnSim.Exploration;

/// <summary>One array geometry on one network shape, estimated by the closed form.</summary>
/// <param name="Po">Output lanes.</param>
/// <param name="Pp">Pixel lanes.</param>
/// <param name="Pi">Input lanes.</param>
/// <param name="Network">Shape.</param>
/// <param name="PruningRate">Dense over kept weights.</param>
/// <param name="LaneOperations">Per frame.</param>
/// <param name="ArrayCycles">Cycles the array works.</param>
/// <param name="EstimatedCycles">All layers, command to completion; loading, storing and the classifier excluded.</param>
/// <param name="Utilization">Lane-operations / (lanes x estimated cycles).</param>
/// <param name="WindowBoundLayers">Layers whose windows are not built in time.</param>
/// <param name="NormBoundLayers">Layers whose sums are not drained in time.</param>
/// <param name="Feasible">Whether the design fits the board, by the first resource estimate.</param>
public sealed record GeometryPoint(
    int Po,
    int Pp,
    int Pi,
    string Network,
    double PruningRate,
    long LaneOperations,
    long ArrayCycles,
    long EstimatedCycles,
    double Utilization,
    int WindowBoundLayers,
    int NormBoundLayers,
    bool Feasible)
{
    public int Lanes => Po * Pp * Pi;
}
