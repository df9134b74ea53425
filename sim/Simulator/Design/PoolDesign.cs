namespace BcnnSim.Design;

/// <summary>Sum pooling before the norm and max pooling after it.</summary>
public sealed record PoolDesign
{
    [Parameter("lanes", 1, 4096, "complex sums per cycle")]
    public required int Lanes { get; init; }

    [Parameter("entries", 0, 1048576, "pooled columns x channels in progress, per unit")]
    public required int StateEntries { get; init; }
}
