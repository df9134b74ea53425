using BcnnSim.Design;
using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>The smallest array that reaches a claim, simulated, with its neighbours below, simulated too.</summary>
/// <param name="Array">Winner.</param>
/// <param name="ClockMHz">Clock of the named design.</param>
/// <param name="Basis">How it was found.</param>
/// <param name="Resources">What the design with this array takes of the board.</param>
/// <param name="ResourceBasis">What the resource figures are worth.</param>
/// <param name="Neighbours">Arrays of fewer lanes (the best by closed form) and those that were tried before it.</param>
public sealed record SmallestArray(
    SimulatedPoint Array, double ClockMHz, string Basis, ResourceCount Resources, string ResourceBasis, IReadOnlyList<SimulatedPoint> Neighbours);
