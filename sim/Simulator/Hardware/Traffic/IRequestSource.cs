namespace BcnnSim.Hardware.Traffic;

/// <summary>Requests of one port, in the order in which they are offered. Read once, in constant memory.</summary>
public interface IRequestSource
{
    /// <summary>Whether requests carry the cycle at which they are offered; otherwise each is offered as soon as the port has room.</summary>
    bool Timed { get; }

    /// <summary>The next request; false at the end, and from then on. Called by the port it belongs to; cycles never decrease.</summary>
    bool TryNext(out MemoryRequest request);
}
