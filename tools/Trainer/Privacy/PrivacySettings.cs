using System.Text.Json.Serialization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One privacy study: how well attacks tell members under each defence, over seeds. Read from one strict JSON file.</summary>
public sealed record PrivacySettings
{
    /// <summary>Name in titles.</summary>
    public required string Name { get; init; }

    /// <summary>Training configuration, relative to this file: images, network and the dense phase. Its splits are pooled and drawn anew.</summary>
    public required string Training { get; init; }

    /// <summary>|D| = |D'| = |E|.</summary>
    public required int Members { get; init; }

    public required int Validation { get; init; }

    public required MethodSettings Method { get; init; }

    public required PruningStructure Structure { get; init; }

    public required AllocationKind Allocation { get; init; }

    /// <summary>Dense over kept weights.</summary>
    public required double Rate { get; init; }

    public required PhaseSettings Prune { get; init; }

    public required PhaseSettings Retrain { get; init; }

    public required GameSettings Game { get; init; }

    /// <summary>Needed by contenders with sigma; left out without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DpSettings? Dp { get; init; }

    /// <summary>An attacker's own models; left out: attacks that need none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReferenceSettings? References { get; init; }

    public required IReadOnlyList<PrivacyContender> Contenders { get; init; }

    /// <summary>Of the draw of the sets, weights, data order, attackers.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>What a pruned contender asks of its dense network.</summary>
    public PruningSettings Pruning(PrivacyContender contender) => new()
    {
        Method = Method.Method,
        Parameters = Method.Parameters,
        Rate = contender.Rate ?? Rate,
        OutputLanes = 1,
        Kept = null,
        Structure = Structure,
        Allocation = Allocation,
    };
}
