namespace BcnnSim.Hardware.Traffic;

/// <summary>Is told every completed request of all ports, in the order of completion. Must change nothing.</summary>
public interface IRequestObserver
{
    /// <param name="request">All of whose data have come back, or whose writes are acknowledged.</param>
    /// <param name="completed">Port cycle at which its last beat or response was taken.</param>
    void Completed(in OfferedRequest request, long completed);
}
