namespace BcnnSim.Tests.Cli;

/// <summary>What one command left behind.</summary>
public sealed record CliResult(int Code, string Output, string Error)
{
    public override string ToString() => $"exit code {Code}\n--- output\n{Output}\n--- error\n{Error}";
}
