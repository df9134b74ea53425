using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Tests.Timing;

/// <summary>One run of the memory alone, as the board experiments are described: a pattern from a port to a pseudo-channel.</summary>
internal static class MemoryRun
{
    public const int Beat = 32;

    /// <summary>Latencies in AXI cycles of single reads, one outstanding: bank closed, row hit, row conflict.</summary>
    public static IEnumerable<long> Latencies(AcceleratorDesign design, int port, int pseudoChannel)
    {
        CompletionLog log = new();
        long start = (long)pseudoChannel << 28;
        ListedRequests requests = new([new(0, start, Beat, false), new(0, start + 64, Beat, false), new(0, start + (1 << 14), Beat, false)]);
        new MemoryBench(design, [new PortTraffic(port, requests, Outstanding: 1)], [pseudoChannel], design.Clocks.AxiKilohertz, log).Run();
        return log.All.Select(c => c.Latency);
    }

    /// <summary>10^9 bytes per second of strided accesses from one port.</summary>
    public static double Stride(AcceleratorDesign design, long stride, long workingSet, long requests, int bytes = Beat, int identifiers = 64, int port = 0, int pseudoChannel = 0)
    {
        PortTraffic traffic = new(port, new ListedRequests(Strided(pseudoChannel, stride, workingSet, requests, bytes)), Identifiers: identifiers);
        return Bandwidth(Run(design, [traffic], [pseudoChannel]), design, requests * bytes);
    }

    public static IEnumerable<MemoryRequest> Strided(int pseudoChannel, long stride, long workingSet, long requests, int bytes = Beat)
    {
        for (long i = 0; i < requests; i++)
        {
            yield return new MemoryRequest(0, ((long)pseudoChannel << 28) + (i * stride % workingSet), bytes, false);
        }
    }

    public static MemoryBench Run(AcceleratorDesign design, IReadOnlyList<PortTraffic> traffic, int[] pseudoChannels, long? portKilohertz = null)
    {
        MemoryBench bench = new(design, traffic, pseudoChannels, portKilohertz ?? design.Clocks.AxiKilohertz);
        bench.Run();
        return bench;
    }

    public static double Bandwidth(MemoryBench bench, AcceleratorDesign design, long bytes) => bytes / (bench.Cycles / (design.Clocks.AxiKilohertz * 1e3)) / 1e9;

    public static AcceleratorDesign WithoutRefresh(AcceleratorDesign d) => d with { Hbm = d.Hbm with { Refresh = RefreshMode.Off } };
}
