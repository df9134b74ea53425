using BcnnSim.Cosimulation;

namespace BcnnSim.Cli;

/// <summary>A checked `cosim` command line.</summary>
internal sealed record CosimRequest(CosimulationOptions Options, JsonDestination? Json);
