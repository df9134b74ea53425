namespace BcnnSim.Trainer.Comparison;

/// <summary>What stands beside every pruned result (training.md section 5).</summary>
public enum BaselineKind
{
    /// <summary>Not a baseline: a pruning method.</summary>
    None,

    /// <summary>The dense network trained on for the same epochs, never pruned.</summary>
    Dense,

    /// <summary>Random groups stay; trained and retrained alike.</summary>
    Random,

    /// <summary>The same pruned shape from new weights with as many images as all phases together; its groups are those of the largest norm of the dense network.</summary>
    Scratch,

    /// <summary>
    /// Every layer uniformly narrower, whatever the structure of the others, to as many weights as they keep or the next fewer
    /// (uniform width scaling); from new weights, trained as <see cref="Scratch"/> is.
    /// </summary>
    Width,
}
