namespace BcnnSim.Cli;

/// <summary>The sequencer's program.</summary>
/// <param name="Prologue">Before the first frame.</param>
/// <param name="Body">Of every frame.</param>
internal sealed record ExplainProgram(IReadOnlyList<string> Prologue, IReadOnlyList<string> Body);
