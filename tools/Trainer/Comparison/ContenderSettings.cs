using System.Text.Json.Serialization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Comparison;

/// <summary>One line of the table: a method with its numbers, or a baseline.</summary>
public sealed record ContenderSettings
{
    /// <summary>Name in tables and pictures and of its folders.</summary>
    public required string Label { get; init; }

    /// <summary>Method and its numbers; null for a baseline.</summary>
    public required MethodSettings? Method { get; init; }

    /// <summary>Left out for a method.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BaselineKind Baseline { get; init; }

    /// <summary>A baseline that is trained in one phase from new weights.</summary>
    [JsonIgnore]
    public bool StartsAnew => Baseline is BaselineKind.Scratch or BaselineKind.Width;

    /// <summary>Of a baseline from new weights: its epochs, for one of equal CPU time; left out = as many images as all phases of the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epochs { get; init; }

    /// <summary>Structures it takes part in; left out = all. Penalties are tuned for a structure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PruningStructure>? Structures { get; init; }

    /// <summary>Rates it takes part in; left out = all. A twin of equal CPU time has epochs of its own at each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Rates { get; init; }

    public bool TakesPart(PruningStructure structure) => Structures?.Contains(structure) ?? true;

    public bool TakesPart(PruningStructure structure, double rate) => TakesPart(structure) && (Rates?.Contains(rate) ?? true);

    /// <summary>Training configuration of a network of its own, relative to the comparison's file, on the same data but for the input bits; left out = the comparison's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Training { get; init; }

    /// <summary>Route of this contender; left out = the comparison's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BinarizationRoute? Binarization { get; init; }
}
