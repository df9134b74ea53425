namespace BcnnSim.Trainer.Configuration;

/// <summary>What to remove.</summary>
public sealed record PruningSettings
{
    /// <summary>magnitude.</summary>
    public required string Method { get; init; }

    /// <summary>Dense over kept complex weights, at least.</summary>
    public required double Rate { get; init; }

    /// <summary>Po of the design: kept counts are multiples of it.</summary>
    public required int OutputLanes { get; init; }

    /// <summary>Kept channels per layer; null = chosen for the rate.</summary>
    public required IReadOnlyList<int>? Kept { get; init; }
}
