using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Bench.Memory;

/// <summary>
/// Requests per CPU second of the memory alone on the reference design, metered as `bcnnsim hbm` does it: saturated 32-byte reads, and
/// idle time.
/// </summary>
internal static class HbmBenchmark
{
    private const int Rounds = 25;
    private const long Requests = 2_000_000;
    private const int Channels = 32;
    private const long IdleReads = 1_000;
    private const long IdleCycles = 1_000_000;
    private const int DramClocks = 2;

    public static void Run()
    {
        AcceleratorDesign design = DesignFile.Read(Repository.Path("models", "designs", "u280-reference.json"));
        Measurement[] of = Measurement.Interleaved(
            Rounds,
            () => Simulate(design, Traffic(PatternKind.Sequential, 1)),
            () => Simulate(design, Traffic(PatternKind.Random, 1)),
            () => Simulate(design, Traffic(PatternKind.Sequential, Channels)),
            () => Simulate(design, [new PortTraffic(0, new SparseReads(IdleReads, IdleCycles), PseudoChannels: [0])]));
        of[0].PrintRate("sequential reads, one PC", Requests, "requests", 4e6);
        of[1].PrintRate("random reads, one PC", Requests, "requests", 2e6);
        of[2].PrintRate("sequential reads, 32 PCs at once", Requests, "requests");
        double ratio = of[2].Against(of[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"32 PCs against one, per request",-34} {ratio,9:F2} times its CPU time; bar 3: {(ratio <= 3 ? "reached" : "MISSED")}"));
        of[3].PrintRate("idle, a read per million cycles", IdleReads * IdleCycles * DramClocks, "memory cycles", 1e9);
    }

    private static PortTraffic[] Traffic(PatternKind kind, int channels)
    {
        RequestPattern pattern = new() { Kind = kind, Stride = 32, WorkingSet = RequestPattern.PseudoChannelBytes, BytesPerRequest = 32, WriteShare = 0, Seed = 1 };
        return [.. Enumerable.Range(0, channels).Select(p => new PortTraffic(p, new PatternSource(pattern, p, [p], 0, Requests / channels), PseudoChannels: [p]))];
    }

    private static void Simulate(AcceleratorDesign design, PortTraffic[] traffic)
    {
        MemoryBench bench = new(design, traffic, [], design.Clocks.AxiKilohertz, new RequestMeter());
        bench.Run();
    }
}
