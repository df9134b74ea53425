namespace BcnnSim.Trainer.Configuration;

/// <summary>How one global rate becomes a number of groups for each layer.</summary>
public enum AllocationKind
{
    /// <summary>Filters in whole lane groups of a design (<see cref="Pruning.KeptCounts"/>).</summary>
    Lanes,

    /// <summary>The same share everywhere.</summary>
    Uniform,

    /// <summary>By the norms of the pretrained weights.</summary>
    Norm,
}
