namespace BcnnSim.Trainer.Configuration;

/// <summary>Classifier head; it reads the last layer.</summary>
public sealed record HeadSettings
{
    /// <summary>Features pass a ReLU; only where the last layer has values.</summary>
    public required bool Relu { get; init; }
}
