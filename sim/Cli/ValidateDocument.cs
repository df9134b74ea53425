using BcnnSim.Exploration;

namespace BcnnSim.Cli;

/// <summary>What `validate --json` writes: schema "bcnnsim.validate/1".</summary>
/// <param name="Schema">Always "bcnnsim.validate/1".</param>
/// <param name="Claims">One per claim, quantity and definition.</param>
internal sealed record ValidateDocument(string Schema, IReadOnlyList<ClaimRow> Claims)
{
    public const string SchemaName = "bcnnsim.validate/1";
}
