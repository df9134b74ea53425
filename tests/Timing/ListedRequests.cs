using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>Requests of a list or of a sequence made on the way.</summary>
internal sealed class ListedRequests(IEnumerable<MemoryRequest> requests, bool timed = false) : IRequestSource
{
    private readonly IEnumerator<MemoryRequest> left = requests.GetEnumerator();

    public bool Timed => timed;

    public bool TryNext(out MemoryRequest request)
    {
        bool more = left.MoveNext();
        request = more ? left.Current : default;
        return more;
    }
}
