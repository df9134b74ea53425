using BcnnSim.Exploration;

namespace BcnnSim.Cli;

/// <summary>What `sweep --json` writes.</summary>
/// <param name="Schema">Always "bcnnsim.sweep/1".</param>
/// <param name="Basis">"estimated": by the closed form, not simulated.</param>
/// <param name="Rate">Pruning rate asked for.</param>
/// <param name="MinLanes">Fewest lanes.</param>
/// <param name="MaxLanes">Most lanes.</param>
/// <param name="Geometries">Best first; one point per network.</param>
internal sealed record SweepDocument(
    string Schema, string Basis, int Rate, int MinLanes, int MaxLanes, IReadOnlyList<IReadOnlyList<GeometryPoint>> Geometries);
