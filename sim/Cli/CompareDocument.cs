using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>What `compare --json` writes: schema "bcnnsim.compare/1".</summary>
/// <param name="Schema">Always "bcnnsim.compare/1".</param>
/// <param name="A">File name of the first report.</param>
/// <param name="B">File name of the second report.</param>
/// <param name="Tolerance">Largest relative difference that counts as equal.</param>
/// <param name="Equal">No difference beyond it.</param>
/// <param name="Differences">All of them.</param>
internal sealed record CompareDocument(string Schema, string A, string B, double Tolerance, bool Equal, IReadOnlyList<ReportDifference> Differences)
{
    public const string SchemaName = "bcnnsim.compare/1";
}
