using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>A request with the port cycle at which its last beat or response was taken.</summary>
internal readonly record struct CompletedRequest(long Number, int Port, MemoryRequest Request, long Offered, long Completed)
{
    public long Latency => Completed - Offered;
}
