using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>Requests in the order of their completion.</summary>
internal sealed class CompletionLog : IRequestObserver
{
    public List<CompletedRequest> All { get; } = [];

    public void Completed(in CompletedRequest request) => All.Add(request);
}
