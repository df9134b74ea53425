using BcnnSim.Kernel;

namespace BcnnSim.Tests.Kernel.Parts;

/// <summary>Remembers every commit it is told of.</summary>
internal sealed class CommitLog : IChannelObserver
{
    public List<(string Channel, long Time, bool Pushed, bool Popped)> Events { get; } = [];

    public void OnCommit(Channel channel, long time, bool pushed, bool popped) =>
        Events.Add((channel.Name, time, pushed, popped));
}
