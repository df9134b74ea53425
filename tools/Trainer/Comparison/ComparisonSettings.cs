using System.Text.Json.Serialization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>One comparison: contenders x structures x rates x seeds on one training configuration. Read from one strict JSON file.</summary>
public sealed record ComparisonSettings
{
    /// <summary>Name in titles.</summary>
    public required string Name { get; init; }

    /// <summary>Training configuration, a path relative to this file: data, network and the dense phase.</summary>
    public required string Training { get; init; }

    /// <summary>Training towards the target, from the dense network; its optimizer is that of the W-steps.</summary>
    public required PhaseSettings Prune { get; init; }

    /// <summary>Training behind the hard prune.</summary>
    public required PhaseSettings Retrain { get; init; }

    public required BinarizationRoute Binarization { get; init; }

    public required AllocationKind Allocation { get; init; }

    /// <summary>Po and Pi of a design, for blocks; left out otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Block { get; init; }

    /// <summary>False leaves the test set unread: tuning chooses on validation. Left out = true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Test { get; init; }

    /// <summary>Design file, relative to this file: every row of a complex binary network then runs one frame on it; left out = none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Design { get; init; }

    public required IReadOnlyList<ContenderSettings> Contenders { get; init; }

    public required IReadOnlyList<PruningStructure> Structures { get; init; }

    /// <summary>Dense over kept weights of all convolutions.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Of weights and data order; the split stays that of the training configuration. Contenders are paired by seed.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Label that the others are compared with.</summary>
    public required string Reference { get; init; }

    public ContenderSettings Contender(string label) => Contenders.First(contender => contender.Label == label);

    /// <summary>How pruning and weights of a few bits meet.</summary>
    public BinarizationRoute Route(ContenderSettings contender) => contender.Binarization ?? Binarization;

    /// <summary>What a row asks of its dense network; the method is its contender's.</summary>
    public PruningSettings Pruning(ComparisonKey key)
    {
        bool narrower = Contender(key.Label).Baseline == BaselineKind.Width;
        PruningStructure structure = narrower ? PruningStructure.Filter : key.Structure;
        return new()
        {
            Method = MethodRules.Magnitude,
            Rate = key.Rate,
            OutputLanes = 1,
            Kept = null,
            Structure = structure,
            Allocation = narrower ? AllocationKind.Uniform : Allocation,
            Block = structure == PruningStructure.Block ? Block : null,
        };
    }

    /// <summary>The one phase of a baseline from new weights: as many images as all phases of the others together, or its own epochs.</summary>
    public PhaseSettings FromScratch(ContenderSettings contender, PhaseSettings dense) => dense with { Epochs = contender.Epochs ?? dense.Epochs + Prune.Epochs + Retrain.Epochs };

    /// <summary>The rows in the order they are run: by seed, so that a seed's dense network is made once.</summary>
    public IEnumerable<ComparisonKey> Keys() =>
        from seed in Seeds
        from structure in Structures
        from rate in Rates
        from contender in Contenders
        where contender.TakesPart(structure, rate)
        select new ComparisonKey(contender.Label, structure, rate, seed);
}
