using System.Text.Json.Serialization;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Configuration;

/// <summary>What to remove and how. Keys that may be left out are not written with their default: they change no fingerprint.</summary>
public sealed record PruningSettings
{
    /// <summary>One of <see cref="MethodRules.Names"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Dense over kept complex weights, at least.</summary>
    public required double Rate { get; init; }

    /// <summary>Po of the design: with <see cref="AllocationKind.Lanes"/> kept counts are multiples of it. Null beside <see cref="Design"/>.</summary>
    public required int? OutputLanes { get; init; }

    /// <summary>File of the design whose lanes these are, relative to the configuration; null once they have been taken from it, so the lanes alone decide a result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Design { get; init; }

    /// <summary>Kept channels per layer, filters in lanes only; null = chosen for the rate.</summary>
    public required IReadOnlyList<int>? Kept { get; init; }

    /// <summary>
    /// With <see cref="AllocationKind.Layers"/>: groups of each layer over those that stay, at least; null keeps all. Layers whose values are added have one rate;
    /// with structure channel it is that of the channels a layer puts out.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double?>? LayerRates { get; init; }

    /// <summary>What goes as one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PruningStructure Structure { get; init; }

    /// <summary>How the rate is spread over the layers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AllocationKind Allocation { get; init; }

    /// <summary>[Po, Pi] of the design whose blocks go; only with structure block.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Block { get; init; }

    /// <summary>Training towards the target, between dense and hard prune; null = none, which only magnitude may do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PhaseSettings? Phase { get; init; }

    /// <summary>Numbers of the method; left out = its defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MethodParameters? Parameters { get; init; }

    /// <summary>How binary weights are pruned: after, gated or signs; left out = the weights as they are: signs of binary ones, none of others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BinarizationRoute? Binarization { get; init; }

    public MethodSettings MethodSettings() => new() { Method = Method, Parameters = Parameters };

    public PruningForm Form() => new(Structure, Block is { } block ? (block[0], block[1]) : null);
}
