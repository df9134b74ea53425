using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>Requests in the order of their completion.</summary>
internal sealed class CompletionLog : IRequestObserver
{
    public List<CompletedRequest> All { get; } = [];

    public void Completed(in OfferedRequest r, long completed) => All.Add(new(r.Number, r.Port, r.Request, r.Offered, completed));
}
