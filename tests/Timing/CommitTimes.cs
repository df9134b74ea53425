using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>Times of the pushes and pops of one channel.</summary>
internal sealed class CommitTimes : IChannelObserver
{
    public List<long> Pushes { get; } = [];

    public List<long> Pops { get; } = [];

    public void OnCommit(Channel channel, long time, bool pushed, bool popped)
    {
        if (pushed)
        {
            Pushes.Add(time);
        }

        if (popped)
        {
            Pops.Add(time);
        }
    }
}
