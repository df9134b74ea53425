using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Bench.Memory;

/// <summary>Single reads far apart: between them the memory is idle.</summary>
internal sealed class SparseReads(long requests, long interval) : IRequestSource
{
    private long next;

    public bool Timed => true;

    public bool TryNext(out MemoryRequest request)
    {
        request = new MemoryRequest(next * interval, 0, 32, false);
        return next++ < requests;
    }
}
