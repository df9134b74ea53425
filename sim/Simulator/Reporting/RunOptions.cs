using BcnnSim.Kernel;

namespace BcnnSim.Reporting;

/// <summary>How to run.</summary>
/// <param name="Frames">Frames to run, at least 1; the interval needs framesInFlight + 17.</param>
/// <param name="Check">Compare every map and score of every frame with the reference executor.</param>
/// <param name="Simulation">Ways of running that never change a result.</param>
public sealed record RunOptions(int Frames, bool Check = true, SimulationOptions? Simulation = null);
