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
    private const int Repetitions = 9;
    private const long OneChannel = 2_000_000;
    private const long AllChannels = 2_000_000;
    private const int Channels = 32;
    private const long IdleReads = 1_000;
    private const long IdleCycles = 1_000_000;
    private const int DramClocks = 2;

    public static void Run()
    {
        AcceleratorDesign design = DesignFile.Read(Repository.Path("models", "designs", "u280-reference.json"));
        double sequential = Print(design, "sequential reads, one PC", PatternKind.Sequential, 1, OneChannel, 4e6);
        Print(design, "random reads, one PC", PatternKind.Random, 1, OneChannel, 2e6);
        double all = Print(design, "sequential reads, 32 PCs at once", PatternKind.Sequential, Channels, AllChannels, 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"32 PCs against one, per request",-34} {sequential / all,9:F2} times its CPU time"));
        Measurement idle = Measurement.Of(() => Simulate(design, [new PortTraffic(0, new SparseReads(IdleReads, IdleCycles), PseudoChannels: [0])]), Repetitions);
        idle.PrintRate("idle, a read per million cycles", IdleReads * IdleCycles * DramClocks, "memory cycles", 1e9);
    }

    /// <summary>Requests per CPU second, median.</summary>
    private static double Print(AcceleratorDesign design, string name, PatternKind kind, int channels, long requests, double bar)
    {
        Measurement measured = Measurement.Of(() => Simulate(design, Traffic(kind, channels, requests)), Repetitions);
        measured.PrintRate(name, requests, "requests", bar);
        return requests / measured.Median;
    }

    private static PortTraffic[] Traffic(PatternKind kind, int channels, long requests)
    {
        RequestPattern pattern = new() { Kind = kind, Stride = 32, WorkingSet = RequestPattern.PseudoChannelBytes, BytesPerRequest = 32, WriteShare = 0, Seed = 1 };
        return [.. Enumerable.Range(0, channels).Select(p => new PortTraffic(p, new PatternSource(pattern, p, [p], 0, requests / channels), PseudoChannels: [p]))];
    }

    private static void Simulate(AcceleratorDesign design, PortTraffic[] traffic)
    {
        MemoryBench bench = new(design, traffic, [], design.Clocks.AxiKilohertz, new RequestMeter());
        bench.Run();
    }
}
