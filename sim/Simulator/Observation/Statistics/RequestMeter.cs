using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Observation.Statistics;

/// <summary>Completed requests of all ports: counts and bytes by pseudo-channel, latencies in port cycles, bytes over time. Bounded memory.</summary>
public sealed class RequestMeter : IRequestObserver
{
    private readonly long[] requests = new long[HbmMemory.Width];
    private readonly long[] readBytes = new long[HbmMemory.Width];
    private readonly long[] writeBytes = new long[HbmMemory.Width];

    public LatencyHistogram Reads { get; } = new();

    public LatencyHistogram Writes { get; } = new();

    /// <summary>By cycle of completion.</summary>
    public ByteTimeline Timeline { get; } = new();

    /// <summary>By pseudo-channel, 0..31.</summary>
    public IReadOnlyList<long> Requests => requests;

    public IReadOnlyList<long> ReadBytes => readBytes;

    public IReadOnlyList<long> WriteBytes => writeBytes;

    public void Completed(in MemoryRequest request, long number, int port, long offered, long completed)
    {
        int pseudoChannel = PseudoChannelOf(request);
        bool write = request.IsWrite;
        requests[pseudoChannel]++;
        (write ? writeBytes : readBytes)[pseudoChannel] += request.Bytes;
        (write ? Writes : Reads).Add(completed - offered);
        Timeline.Add(completed, request.Bytes, write);
    }

    /// <summary>Pseudo-channel that a request goes to.</summary>
    public static int PseudoChannelOf(in MemoryRequest request) => SwitchPlace.PseudoChannelOf(request.Address);
}
