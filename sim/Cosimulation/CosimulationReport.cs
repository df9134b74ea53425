using System.Text.Json;
using System.Text.Json.Serialization;
using BcnnSim.Cosimulation.Lockstep;

namespace BcnnSim.Cosimulation;

/// <summary>Result of a run, one row per design; written as JSON under stable names.</summary>
public sealed record CosimulationReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = true,
    };

    public string Schema { get; init; } = "bcnnsim.cosim/1";

    /// <summary>Seed the designs were made from.</summary>
    public required long Seed { get; init; }

    /// <summary>Verilator as it names itself.</summary>
    public required string Verilator { get; init; }

    /// <summary>False if the run was interrupted: the rows then say how far each design came.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Sum over all designs.</summary>
    public int Mismatches => Blocks.Sum(b => b.Mismatches) + Differences.Count(d => d.Signal == LockstepProbe.AssertionSignal);

    public required IReadOnlyList<DesignReport> Blocks { get; init; }

    /// <summary>The signals of the first cycle that differed.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Waveforms written, RTL and model of each design that differed.</summary>
    public required IReadOnlyList<string> Waveforms { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
