namespace BcnnSim.Reporting;

/// <summary>Latency over frames, array cycles.</summary>
public sealed record LatencyReport(long Min, double Mean, long P99, long Max);
