using System.Text.Json.Serialization;

namespace BcnnSim.Trainer.Privacy;

/// <summary>One point of a defence's curve: its knob at one value. Without any knob the undefended dense network.</summary>
public sealed record PrivacyContender
{
    /// <summary>Name in tables.</summary>
    public required string Label { get; init; }

    /// <summary>Curve it belongs to; the undefended network begins every curve.</summary>
    public required string Defence { get; init; }

    /// <summary>Early stopping: epochs of the dense phase, on its own schedule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epochs { get; init; }

    /// <summary>Pruned; weight of the game while it is pruned and retrained, 0 = pruning only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lambda { get; init; }

    /// <summary>Groups removed, in the place of the file's rate; with <see cref="Lambda"/> or <see cref="Scratch"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Rate { get; init; }

    /// <summary>As many groups as the pruned ones keep, those of largest norm of the dense network, from new weights; as many images as all phases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Scratch { get; init; }

    /// <summary>Trained from new weights by private steps with this noise over clip.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Sigma { get; init; }

    /// <summary>Whether it has a hard prune.</summary>
    [JsonIgnore]
    public bool IsPruned => Lambda is not null || Scratch;

    /// <summary>Whether it is the model every defence is measured against.</summary>
    [JsonIgnore]
    public bool IsUndefended => Epochs is null && Sigma is null && !IsPruned;
}
