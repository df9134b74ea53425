namespace BcnnSim.Kernel;

/// <summary>Sees the commits of the channels it is attached to: meters and tracers. Must change nothing in the model.</summary>
public interface IChannelObserver
{
    /// <summary>Called in the commit of an edge; <paramref name="time"/> in ticks of the time base.</summary>
    void OnCommit(Channel channel, long time, bool pushed, bool popped);
}
