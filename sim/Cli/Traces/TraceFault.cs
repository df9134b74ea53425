namespace BcnnSim.Cli.Traces;

/// <summary>What is wrong with a line.</summary>
/// <param name="Field">Field, or "line" or "header".</param>
/// <param name="Value">As written.</param>
/// <param name="Rule">What it breaks.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record TraceFault(string Field, string Value, string Rule, string Remedy);
