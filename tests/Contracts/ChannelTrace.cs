using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>Commits of one channel as counts and a hash over (time, pushed, popped) in the order they happened.</summary>
internal sealed class ChannelTrace : IChannelObserver
{
    private ulong hash = 14695981039346656037;

    public long Pushes { get; private set; }

    public long Pops { get; private set; }

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        Pushes += pushed ? 1 : 0;
        Pops += popped ? 1 : 0;
        ulong item = ((ulong)time << 2) | (pushed ? 2UL : 0) | (popped ? 1UL : 0);
        hash = (hash ^ item) * 1099511628211;
        hash ^= hash >> 29;
    }

    public override string ToString() => $"{Pushes} pushed, {Pops} popped, {hash:x16}";
}
