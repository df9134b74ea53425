using BcnnSim.Reporting;

namespace BcnnSim.Exploration;

/// <summary>What an array must reach.</summary>
/// <param name="Definition">Latency or interval.</param>
/// <param name="FramesPerSecond">At least this.</param>
/// <param name="Utilization">And at least this share; 0 = no condition.</param>
public readonly record struct ClaimTarget(ClaimDefinition Definition, double FramesPerSecond, double Utilization);
