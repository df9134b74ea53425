using System.Text.Json.Serialization;
using BcnnSim.Design;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>What `explain --json` writes: schema "bcnnsim.explain/1".</summary>
/// <param name="Schema">Always "bcnnsim.explain/1".</param>
/// <param name="Network">Name; null when only the parameters were asked for.</param>
/// <param name="TimingOnly">Whether it is a shape without trained weights.</param>
/// <param name="Design">The resolved design.</param>
/// <param name="Layers">Tile plans in execution order.</param>
/// <param name="Program">Instructions before the first frame, then those of every frame.</param>
/// <param name="Memory">Regions of the HBM.</param>
/// <param name="Resources">What the design takes of the board, estimated.</param>
/// <param name="Parameters">Every design parameter with its value, where asked for.</param>
internal sealed record ExplainDocument(
    string Schema,
    string? Network,
    bool TimingOnly,
    AcceleratorDesign Design,
    IReadOnlyList<ExplainLayer> Layers,
    ExplainProgram? Program,
    IReadOnlyList<ExplainRegion> Memory,
    ResourceReport Resources,
    IReadOnlyList<ExplainParameter> Parameters)
{
    /// <summary>What to know where pruning removed blocks of another size than the design's; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BlockNote { get; init; }

    public const string SchemaName = "bcnnsim.explain/1";
}
