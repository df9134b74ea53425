namespace BcnnSim.Reporting;

/// <summary>Throughput of one of several replicas.</summary>
/// <param name="Replica">Number, as in the prefix of its component names.</param>
/// <param name="Frames">Frames it completed.</param>
/// <param name="IntervalCycles">Cycles between its completions; null with fewer than 16 frames between.</param>
/// <param name="IntervalFraction">The interval as an exact fraction "cycles/frames".</param>
/// <param name="FpsByInterval">Frames per second of this replica.</param>
public sealed record ReplicaReport(int Replica, int Frames, double? IntervalCycles, string IntervalFraction, double? FpsByInterval);
