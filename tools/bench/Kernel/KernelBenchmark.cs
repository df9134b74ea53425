using System.Globalization;

namespace BcnnSim.Bench.Kernel;

/// <summary>Speed of the kernel alone: channel hops, sparse cycles, allocation.</summary>
internal static class KernelBenchmark
{
    private const double HopBar = 30e6;
    private const long Beats = 3_000_000;

    public static void Run()
    {
        Hops("busy chain of 8", components: 8, clocks: 1, HopBar);
        Hops("busy chain of 64", components: 64, clocks: 1, 0);
        Hops("busy chain of 8, second clock idle", components: 8, clocks: 2, 0);
        Sparse("sparse, a beat every 100 cycles", gap: 100);
        Sparse("sparse, a beat every 10,000 cycles", gap: 10_000);
        Allocation();
    }

    private static void Hops(string name, int components, int clocks, double bar)
    {
        long beats = Beats * 8 / components;
        long hops = new RelayChain(components, 1).Hops * beats;
        Measurement.Of(() => new RelayChain(components, beats, clocks: clocks).Run()).PrintRate(name, hops, "channel hops", bar);
    }

    private static void Sparse(string name, long gap)
    {
        const long Pulses = 200_000;
        Measurement.Of(() => new RelayChain(8, Pulses, gap).Run()).PrintRate(name, Pulses * gap, "cycles");
    }

    private static void Allocation()
    {
        const long Short = 1_000;
        const long Long = 1_000_000;
        double perCycle = (double)(Allocated(Long) - Allocated(Short)) / (Long - Short);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bytes allocated per cycle, busy",-34} {perCycle,9:F3}"));
    }

    private static long Allocated(long beats)
    {
        RelayChain chain = new(8, beats);
        long before = GC.GetAllocatedBytesForCurrentThread();
        chain.Run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
