namespace BcnnSim.Trainer.Pruning.Methods;

/// <summary>Numbers of reweighted pruning and of the static group lasso.</summary>
/// <param name="Lambda">Weight of the penalty.</param>
public sealed record ReweightedSettings(double Lambda)
{
    /// <summary>eps of P = 1/(||W_g|| + eps).</summary>
    public double Epsilon { get; init; } = 1e-3;

    /// <summary>P = 1/(||W_g||^2 + eps) on ||W_g||^2 instead.</summary>
    public bool Squared { get; init; }

    /// <summary>P of the groups that stay is frozen to 0 once a layer has its designated number of small groups.</summary>
    public bool Bounded { get; init; } = true;

    /// <summary>False keeps P = 1: the static group lasso.</summary>
    public bool Reweighted { get; init; } = true;
}
