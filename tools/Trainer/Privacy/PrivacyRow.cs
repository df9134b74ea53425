using System.Text.Json.Serialization;
using BcnnSim.Trainer.Privacy.Attacks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One contender with one seed.</summary>
public sealed record PrivacyRow
{
    public required string Label { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Hash of everything that decides the row.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Instruction sets that decided its rounding (<see cref="ProcessorFeatures"/>); null in rows of before they were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Processor { get; init; }

    /// <summary>Dense over kept weights; 1 unless pruned.</summary>
    public required double Rate { get; init; }

    /// <summary>On all members.</summary>
    public required double Train { get; init; }

    public required double Validation { get; init; }

    /// <summary>On validation, nothing retrained; null unless pruned.</summary>
    public required double? HardPrune { get; init; }

    /// <summary>Spent at the study's delta; null without private steps.</summary>
    public required double? Epsilon { get; init; }

    /// <summary>Of the pruning phase, relative, at its end; null without one. Above 0.2 the method did not converge.</summary>
    public required double? Violation { get; init; }

    /// <summary>Training blew up: the row counts as guessing.</summary>
    public required bool Diverged { get; init; }

    /// <summary>Every attack on members against E.</summary>
    public required IReadOnlyList<AttackResult> Attacks { get; init; }

    /// <summary>The same attack as the strongest but LiRA, fitted and tested on members against D', which the game has seen.</summary>
    public required AttackResult AgainstReference { get; init; }

    /// <summary>The game epoch by epoch; empty without one.</summary>
    public required IReadOnlyList<GameEpoch> Game { get; init; }

    /// <summary>Models that an attacker trained, those that did not blow up; null where none were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AttackerModels { get; init; }

    /// <summary>Without the dense network of the seed and without an attacker's models.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>The row of a training that blew up.</summary>
    public static PrivacyRow Guessing(string label, ulong seed, string fingerprint, double chance)
    {
        var none = new AttackResult("none", 0.5, 0.5, 0.5, 0.5);
        return new()
        {
            Label = label,
            Seed = seed,
            Fingerprint = fingerprint,
            Processor = ProcessorFeatures.Describe(),
            Rate = 1,
            Train = chance,
            Validation = chance,
            HardPrune = null,
            Epsilon = null,
            Violation = null,
            Diverged = true,
            Attacks = [none],
            AgainstReference = none,
            Game = [],
            CpuSeconds = 0,
        };
    }
}
