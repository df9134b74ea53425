namespace BcnnSim.Trainer.Comparison;

/// <summary>How one global rate becomes designated numbers of groups (<see cref="Pruning.Structures.Allocation"/>).</summary>
public enum AllocationKind
{
    /// <summary>The same share of groups everywhere.</summary>
    Uniform,

    /// <summary>By a common threshold on the group norms of the dense network.</summary>
    Norm,
}
