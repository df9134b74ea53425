using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Models that an attacker trains by the whole pipeline of a defence, to learn how it answers members and others.</summary>
public sealed record ReferenceSettings
{
    /// <summary>Models of LiRA (Carlini et al., IEEE S&amp;P 2022), an even number; every frame of D and E is learned by half of them. 0 leaves the attack out; 16 in training.md section 6.</summary>
    public required int Lira { get; init; }

    /// <summary>Shadow models (Shokri et al., IEEE S&amp;P 2017) on frames of no set of the study. 0 leaves the attacks out.</summary>
    public required int Shadow { get; init; }

    /// <summary>Names of all of them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Models =>
        [.. Enumerable.Range(0, Lira).Select(model => FormattableString.Invariant($"lira-{model}")), .. Enumerable.Range(0, Shadow).Select(model => FormattableString.Invariant($"shadow-{model}"))];
}
