namespace BcnnSim.Trainer.Configuration;

/// <summary>How many groups stay in each layer.</summary>
public enum AllocationKind
{
    /// <summary>Filters in whole lane groups of a design (<see cref="Pruning.KeptCounts"/>).</summary>
    Lanes,

    /// <summary>The same share everywhere.</summary>
    Uniform,

    /// <summary>By the norms of the pretrained weights.</summary>
    Norm,

    /// <summary>Every layer by a rate of its own.</summary>
    Layers,
}
