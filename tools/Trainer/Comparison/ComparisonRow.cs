using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Result of one row. Accuracies are shares of right answers on validation unless they say test.</summary>
public sealed record ComparisonRow
{
    public required ComparisonKey Key { get; init; }

    /// <summary>Hash of everything that decides the row.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Canonical text of the training data, their contents included; null in rows of before it was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }

    /// <summary>
    /// What of <see cref="TrainingRules"/> this row was made by; null where none concerns it, or in rows of before them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rules { get; init; }

    /// <summary>Instruction sets that decided its rounding (<see cref="Training.ProcessorFeatures"/>); null in rows of before they were kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Processor { get; init; }

    /// <summary>Dense over kept weights.</summary>
    public required double Rate { get; init; }

    /// <summary>Dense over kept lane operations; where channels leave, or what a machine that skips removed taps would save.</summary>
    public required double LaneOperationRate { get; init; }

    /// <summary>Of the dense network the row starts from.</summary>
    public required double Dense { get; init; }

    /// <summary>Behind the hard prune, statistics re-estimated, nothing retrained.</summary>
    public required double HardPrune { get; init; }

    /// <summary>Behind the binarization of a network pruned with real weights; null on other routes.</summary>
    public required double? Binarized { get; init; }

    /// <summary>Behind every retraining epoch.</summary>
    public required IReadOnlyList<double> Retrain { get; init; }

    /// <summary>Of the best retraining epoch, read once; null where the comparison leaves the test set alone.</summary>
    public required double? Test { get; init; }

    /// <summary>The same by tag, rising; null for frames without tags and where <see cref="Test"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TagAccuracy>? TestByTag { get; init; }

    /// <summary>Training met a number that is not finite; accuracies are then those of guessing.</summary>
    public required bool Diverged { get; init; }

    /// <summary>Relative, behind the last pruning epoch; null for baselines.</summary>
    public required double? Violation { get; init; }

    /// <summary>By the latency of one frame on the idle machine of the named design, simulated; null without one and for networks it does not run.</summary>
    public required double? FramesPerSecond { get; init; }

    /// <summary>Training images of all phases of this row, the dense phase included.</summary>
    public required long Images { get; init; }

    /// <summary>CPU time of this row, without the dense phase its seed shares.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Best of <see cref="Retrain"/>; the hard prune without retraining.</summary>
    [JsonIgnore]
    public double Best => Retrain.Count == 0 ? Pruned : Retrain.Max();

    /// <summary>What a table compares at the end: the test set, or validation where it was left alone.</summary>
    [JsonIgnore]
    public double Final => Test ?? Best;

    /// <summary>Before retraining: behind the hard prune and what binarizes it.</summary>
    [JsonIgnore]
    public double Pruned => Binarized ?? HardPrune;

    /// <summary>After <paramref name="epochs"/> retraining epochs; null where there were fewer.</summary>
    public double? After(int epochs) => epochs <= Retrain.Count ? Retrain[epochs - 1] : null;
}
