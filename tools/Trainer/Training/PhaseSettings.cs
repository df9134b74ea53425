namespace BcnnSim.Trainer.Training;

/// <summary>One training phase.</summary>
public sealed record PhaseSettings
{
    /// <summary>Passes over the training split; 0 leaves the phase out.</summary>
    public required int Epochs { get; init; }

    /// <summary>Adam rate at the start.</summary>
    public required double LearningRate { get; init; }

    public required ScheduleKind Schedule { get; init; }
}
