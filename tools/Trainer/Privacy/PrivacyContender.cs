using System.Text.Json.Serialization;
using BcnnSim.Trainer.Training;

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

    /// <summary>Trained from new weights with half of this times the squared norm of all weights added to the loss (L2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WeightDecay { get; init; }

    /// <summary>Trained from new weights on targets that give this share to all classes alike (Szegedy et al., CVPR 2016).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LabelSmoothing { get; init; }

    /// <summary>Trained from new weights with this share of the values of fully connected layers and of the last one set to 0 in every step (<see cref="Layers.Dropout{T}"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Dropout { get; init; }

    /// <summary>The three above for a training phase; null without any.</summary>
    [JsonIgnore]
    public Regularization? Regularization => WeightDecay is null && LabelSmoothing is null && Dropout is null ? null : new(WeightDecay ?? 0, LabelSmoothing ?? 0, Dropout ?? 0);

    /// <summary>How many of the knobs are set: more than one would be no curve.</summary>
    [JsonIgnore]
    public int Knobs => new object?[] { Epochs, Lambda, Sigma, WeightDecay, LabelSmoothing, Dropout }.Count(knob => knob is not null) + (Scratch ? 1 : 0);

    /// <summary>Whether it has a hard prune.</summary>
    [JsonIgnore]
    public bool IsPruned => Lambda is not null || Scratch;

    /// <summary>Whether it begins with the undefended network, to be pruned, for the mask, or to stay what it is.</summary>
    [JsonIgnore]
    public bool StartsFromDense => IsPruned || IsUndefended;

    /// <summary>Whether it is the model every defence is measured against.</summary>
    [JsonIgnore]
    public bool IsUndefended => Knobs == 0;
}
