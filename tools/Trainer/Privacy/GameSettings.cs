using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Privacy;

/// <summary>The game max over h against which a network is trained (training.md section 6).</summary>
public sealed record GameSettings
{
    public required GameLoss Loss { get; init; }

    /// <summary>Steps of h for each step of the network, 1..7.</summary>
    public required int AttackSteps { get; init; }

    /// <summary>Epochs of h alone before the network is moved.</summary>
    public required int WarmUpEpochs { get; init; }

    /// <summary>The network's step takes G through the reference frames too, not through its members alone (training.md section 6); left out = no.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BothTerms { get; init; }

    /// <summary>Of h, Adam.</summary>
    public required double LearningRate { get; init; }
}
