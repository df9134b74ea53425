using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Training;

/// <summary>One training phase.</summary>
public sealed record PhaseSettings
{
    /// <summary>Stretches of <see cref="Images"/>, each ended by validation and checkpoint; 0 leaves the phase out.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// Training images of one epoch: the first whole batches of that epoch's shuffle of the training split; null = all of it.
    /// Runs that compare networks by images seen state it here.
    /// </summary>
    public required int? Images { get; init; }

    /// <summary>Rate of the optimizer at the start.</summary>
    public required double LearningRate { get; init; }

    public required ScheduleKind Schedule { get; init; }

    /// <summary>Left out = Adam, and momentum SGD towards a pruning target (<see cref="OptimizerKind.Sgd"/> says why).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>Steps of one epoch on a split of <paramref name="frames"/>; an incomplete last batch is left out.</summary>
    public int StepsPerEpoch(int frames, int batch) => (Images ?? frames) / batch;
}
