namespace BcnnSim.Hardware.Traffic;

/// <summary>Is told every completed request of all ports, in the order of completion. Must change nothing.</summary>
public interface IRequestObserver
{
    /// <param name="request">As its source gave it; all of its data have come back, or its writes are acknowledged.</param>
    /// <param name="number">Position in its source, from 0.</param>
    /// <param name="port">Port 0..31.</param>
    /// <param name="offered">Port cycle at which it was offered: its own where the source is timed, else when its first burst was issued.</param>
    /// <param name="completed">Port cycle at which its last beat or response was taken.</param>
    void Completed(in MemoryRequest request, long number, int port, long offered, long completed);
}
