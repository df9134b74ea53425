using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Privacy.Attacks;

/// <summary>Balanced accuracy of one attack on one model.</summary>
/// <param name="Name">Of the attack.</param>
/// <param name="Choice">On the fifth of the attack-train halves that it was not fitted on: what the strongest is chosen by.</param>
/// <param name="Test">On members and non-members it never saw.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval of <paramref name="Test"/>.</param>
/// <param name="High">Upper end.</param>
public sealed record AttackResult(string Name, double Choice, double Test, double Low, double High)
{
    /// <summary>What it finds when it may hardly be wrong; null where too few non-members were tested to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TruePositives? TruePositives { get; init; }
}
