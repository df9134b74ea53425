namespace BcnnSim.Cosimulation.Rtl;

/// <summary>An installed tool refused our sources: a bug of this product, not of its input. Exit code 3.</summary>
public sealed class ToolFailureException(string commandLine, int exitCode, string log)
    : Exception($"{commandLine} ended with {exitCode}:{Environment.NewLine}{log}")
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What the tool wrote to both of its streams.</summary>
    public string Log { get; } = log;
}
