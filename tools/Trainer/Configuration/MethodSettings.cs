using System.Text.Json.Serialization;
using BcnnSim.Trainer.Pruning.Methods;

namespace BcnnSim.Trainer.Configuration;

/// <summary>
/// A pruning method by name with its numbers: { "method": "slr", "parameters": { "rho": 0.1 } }. Whoever reads one from a file
/// calls <see cref="MethodRules.Check"/> before <see cref="Create"/>.
/// </summary>
public sealed record MethodSettings
{
    /// <summary>magnitude, penalty, admm, slr, reweighted, group-lasso or l1.</summary>
    public required string Method { get; init; }

    /// <summary>Left out = every default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MethodParameters? Parameters { get; init; }

    /// <summary>A fresh method, which serves one training phase.</summary>
    public IPruningMethod Create()
    {
        MethodParameters p = Parameters ?? new();
        return Method switch
        {
            MethodRules.Magnitude => new MagnitudeMethod(),
            MethodRules.Penalty => new PenaltyMethod(p.Rho ?? 0.1, p.RhoGrowth ?? 1),
            MethodRules.Admm => new AdmmMethod(p.Rho ?? 1e-3, p.Growth ?? 10, p.Stages ?? 3, p.DualStep ?? 1, p.Step, p.StopBelow ?? 0),
            MethodRules.Slr => new SlrMethod(Relaxation(p)),
            MethodRules.Reweighted => new ReweightedMethod(Regulariser(p)),
            MethodRules.GroupLasso => new ReweightedMethod(new(p.Lambda ?? 1e-3) { Reweighted = false, Bounded = false }),
            MethodRules.Lasso => new LassoMethod(p.Lambda ?? 1e-4),
            _ => throw new InvalidOperationException($"pruning method {Method} was not checked"),
        };
    }

    private static SlrSettings Relaxation(MethodParameters p)
    {
        var defaults = new SlrSettings();
        return new()
        {
            Rho = p.Rho ?? defaults.Rho,
            Step = p.Step ?? defaults.Step,
            M = p.M ?? defaults.M,
            R = p.R ?? defaults.R,
            RhoGrowth = p.RhoGrowth ?? defaults.RhoGrowth,
            EpochLoss = p.EpochLoss ?? defaults.EpochLoss,
        };
    }

    private static ReweightedSettings Regulariser(MethodParameters p)
    {
        var defaults = new ReweightedSettings(p.Lambda ?? 1e-3);
        return defaults with
        {
            Epsilon = p.Epsilon ?? defaults.Epsilon,
            Squared = p.Squared ?? defaults.Squared,
            Bounded = p.Bounded ?? defaults.Bounded,
        };
    }
}
