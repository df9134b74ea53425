namespace BcnnSim.Reporting;

/// <summary>What `run --json` writes: schema "bcnnsim.run/1".</summary>
/// <param name="Schema">Always "bcnnsim.run/1".</param>
/// <param name="Command">Command line that made it (no paths outside the repository).</param>
/// <param name="Version">Version of the simulator.</param>
/// <param name="Design">The resolved design, every parameter.</param>
/// <param name="Runs">One per network.</param>
public sealed record RunDocument(string Schema, string Command, string Version, BcnnSim.Design.AcceleratorDesign Design, IReadOnlyList<RunReport> Runs);
