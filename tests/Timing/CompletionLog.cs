using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>Requests in the order of their completion.</summary>
internal sealed class CompletionLog : IRequestObserver
{
    public List<CompletedRequest> All { get; } = [];

    public void Completed(in MemoryRequest request, long number, int port, long offered, long completed) =>
        All.Add(new(number, port, request, offered, completed));
}
