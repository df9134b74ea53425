namespace BcnnSim.Cli;

/// <summary>One design parameter.</summary>
internal sealed record ExplainParameter(string Path, string Value, string Unit, string Allowed, string Meaning);
