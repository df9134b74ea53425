using BcnnSim.Trainer.Privacy.Attacks;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One contender with one seed.</summary>
public sealed record PrivacyRow
{
    public required string Label { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Hash of everything that decides the row.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Dense over kept weights; 1 unless pruned.</summary>
    public required double Rate { get; init; }

    /// <summary>On all members.</summary>
    public required double Train { get; init; }

    public required double Validation { get; init; }

    /// <summary>On validation, nothing retrained; null unless pruned.</summary>
    public required double? HardPrune { get; init; }

    /// <summary>Spent at the study's delta; null without private steps.</summary>
    public required double? Epsilon { get; init; }

    /// <summary>Every attack on members against E.</summary>
    public required IReadOnlyList<AttackResult> Attacks { get; init; }

    /// <summary>The same attack as the strongest, fitted and tested on members against D', which the game has seen.</summary>
    public required AttackResult AgainstReference { get; init; }

    /// <summary>The game epoch by epoch; empty without one.</summary>
    public required IReadOnlyList<GameEpoch> Game { get; init; }

    /// <summary>Without the dense network of the seed.</summary>
    public required double CpuSeconds { get; init; }
}
