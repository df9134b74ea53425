namespace BcnnSim.Reporting;

/// <summary>Cycle accounting of one component: reason (with the channel behind it) to cycles; sums to Cycles.</summary>
public sealed record ActivityReport(string Component, string Clock, long Cycles, IReadOnlyDictionary<string, long> Reasons);
