namespace BcnnSim.Kernel;

/// <summary>Unfinished work and nothing that could go on (deadlock), or ticks without any commit (livelock). Exit code 3.</summary>
public sealed class DeadlockException(bool livelock, IReadOnlyList<string> waits)
    : Exception($"{(livelock ? "livelock" : "deadlock")}:{Environment.NewLine}{string.Join(Environment.NewLine, waits)}")
{
    public bool Livelock { get; } = livelock;

    /// <summary>Every non-empty channel and who should take from it, then every component that still holds work.</summary>
    public IReadOnlyList<string> Waits { get; } = waits;
}
