namespace BcnnSim.Trainer.Training;

/// <summary>Shape of the learning-rate schedule.</summary>
public enum ScheduleKind
{
    /// <summary>The authors' steps, scaled to the epochs asked for.</summary>
    Steps,

    /// <summary>Half a cosine to zero.</summary>
    Cosine,

    /// <summary>No change: what multiplier methods are stated for.</summary>
    Constant,
}
