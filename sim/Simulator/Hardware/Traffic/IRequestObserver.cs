namespace BcnnSim.Hardware.Traffic;

/// <summary>Is told every completed request of all ports, in the order of completion. Must change nothing.</summary>
public interface IRequestObserver
{
    void Completed(in CompletedRequest request);
}
