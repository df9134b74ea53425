namespace BcnnSim.Tests.Harness;

/// <summary>Upper bounds of a random network.</summary>
/// <param name="Layers">Most convolution layers.</param>
/// <param name="Channels">Most channels of any map.</param>
/// <param name="Side">Most rows and columns of the input (one row, many columns is drawn as well).</param>
/// <param name="LaneOperations">Cap on taps x outputs x planes of one layer: keeps a whole run cheap.</param>
public sealed record RandomNetworkOptions(int Layers = 4, int Channels = 20, int Side = 14, long LaneOperations = 400_000);
