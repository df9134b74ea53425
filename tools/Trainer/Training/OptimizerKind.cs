namespace BcnnSim.Trainer.Training;

/// <summary>Optimizer of a phase.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Training.Adam"/>; the recipe of the authors' code.</summary>
    Adam,

    /// <summary>
    /// Momentum: <see cref="MomentumSgd"/>. What W-steps of pruning methods use: Adam divides the gradient by its own size and so
    /// undoes the weight of a penalty.
    /// </summary>
    Sgd,
}
