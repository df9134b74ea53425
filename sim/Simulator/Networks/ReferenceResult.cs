namespace BcnnSim.Networks;

/// <summary>Result of one frame by the reference executor.</summary>
/// <param name="Class">Class number, or -1 for a network without classifier.</param>
/// <param name="Scores">One per class; empty without classifier.</param>
/// <param name="Maps">One per convolution layer, in execution order.</param>
public sealed record ReferenceResult(int Class, long[] Scores, IReadOnlyList<ReferenceMap> Maps);
