namespace BcnnSim.Trainer.Commands;

/// <summary>Exit codes shared with bcnnsim.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int ModelError = 3;
    public const int Interrupted = 130;
}
