namespace BcnnSim.Reporting;

/// <summary>One frame as the machine classified it.</summary>
public sealed record FrameResult(int Index, int Label, int Class, IReadOnlyList<long> Scores, long LatencyCycles);
