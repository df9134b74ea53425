namespace BcnnSim.Hardware.Traffic;

/// <summary>A request all of whose data have come back, or whose writes are acknowledged.</summary>
/// <param name="Number">Position in its source, from 0.</param>
/// <param name="Port">Port 0..31.</param>
/// <param name="Request">As offered.</param>
/// <param name="Offered">Port cycle at which it was offered: its own where the source is timed, else when its first burst was issued.</param>
/// <param name="Completed">Port cycle at which its last beat or response was taken.</param>
public readonly record struct CompletedRequest(long Number, int Port, MemoryRequest Request, long Offered, long Completed)
{
    /// <summary>Port cycles from offer to completion.</summary>
    public long Latency => Completed - Offered;
}
