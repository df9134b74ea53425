using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Configuration;

/// <summary>
/// Numbers of pruning methods; each method knows some of them (<see cref="MethodRules"/>) and refuses the others. What is left
/// out has the default named here, and is not written, so that a later key changes no fingerprint.
/// </summary>
public sealed record MethodParameters
{
    /// <summary>Penalty factor: penalty, slr 0.1; admm 0.001, which its stages take to 0.1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rho { get; init; }

    /// <summary>admm: factor of rho between stages; 10.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Growth { get; init; }

    /// <summary>admm: stages of equal length; 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Stages { get; init; }

    /// <summary>admm: U += dualStep (W - Z); 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DualStep { get; init; }

    /// <summary>slr: s0; 0.01. admm: Lam += step (W - Z) in place of dualStep, the control of slr.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Step { get; init; }

    /// <summary>admm: relative violation ||W - Z|| / ||W|| below which the phase ends early; left out = never, so that methods compare at equal epochs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StopBelow { get; init; }

    /// <summary>slr: M of the step rule; 300.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? M { get; init; }

    /// <summary>slr: r of the step rule; 0.1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? R { get; init; }

    /// <summary>penalty, slr: factor of rho behind every epoch; 1 = fixed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RhoGrowth { get; init; }

    /// <summary>slr: f is the running mean of the epoch, not the loss of the weights at its end on fixed samples; false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EpochLoss { get; init; }

    /// <summary>Weight of the regulariser: reweighted, group-lasso 0.001; l1 0.0001.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lambda { get; init; }

    /// <summary>reweighted: eps of P = 1/(||W_g|| + eps); 0.001.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Epsilon { get; init; }

    /// <summary>reweighted: squared norms in P and in the penalty; false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Squared { get; init; }

    /// <summary>reweighted: groups that stay are freed once enough of the others are small; true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bounded { get; init; }
}
