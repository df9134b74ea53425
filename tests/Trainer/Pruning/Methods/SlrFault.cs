namespace BcnnSim.Trainer.Tests.Pruning.Methods;

/// <summary>Faults a test plants in <see cref="SlrTwin"/>.</summary>
public enum SlrFault
{
    None,

    /// <summary>W_prev is the live array.</summary>
    LiveWeights,

    /// <summary>Lam -= s (W - Z).</summary>
    FlippedDual,

    /// <summary>Z = W + Lam/rho.</summary>
    NoProjection,

    /// <summary>Of equal weights the higher index stays.</summary>
    DroppedTies,
}
