namespace BcnnSim.Cli;

/// <summary>Exit codes of every command; scripts and CI depend on them.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A result differs: mismatches against the reference executor, or two reports that are not equal.</summary>
    public const int Different = 1;

    /// <summary>A file, flag or value was refused before work started.</summary>
    public const int BadInput = 2;

    /// <summary>Deadlock, livelock or a bug of the model.</summary>
    public const int ModelError = 3;

    /// <summary>Ctrl-C or a termination signal.</summary>
    public const int Interrupted = 130;
}
