namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>One row of the iteration log.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">f behind the epoch; null where the method does not ask for it.</param>
/// <param name="Violation">Sum over layers ||W - Z|| over sum ||W||.</param>
/// <param name="Rho">Penalty factor of the epoch, or lambda.</param>
/// <param name="Step">s behind the epoch; null without multipliers.</param>
/// <param name="Updates">k, accepted multiplier updates.</param>
/// <param name="Condition1">Surrogate optimality of W.</param>
/// <param name="Condition2">Surrogate optimality of Z.</param>
public sealed record PruningIteration(
    int Epoch, double? Loss, double Violation, double Rho, double? Step = null, int Updates = 0, bool? Condition1 = null, bool? Condition2 = null);
