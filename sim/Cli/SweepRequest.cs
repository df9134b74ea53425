using BcnnSim.Design;

namespace BcnnSim.Cli;

/// <summary>A checked `sweep`.</summary>
/// <param name="Design">Everything but the array geometry.</param>
/// <param name="Rate">Pruning rate of the networks.</param>
/// <param name="MinLanes">Fewest lanes.</param>
/// <param name="MaxLanes">Most lanes.</param>
/// <param name="Top">Geometries in the table; the CSV holds all.</param>
/// <param name="Csv">Destination of the CSV, null for none.</param>
/// <param name="Json">Destination of the JSON, null for none.</param>
internal sealed record SweepRequest(AcceleratorDesign Design, int Rate, int MinLanes, int MaxLanes, int Top, JsonDestination? Csv, JsonDestination? Json);
