using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace BcnnSim.Bench;

/// <summary>
/// A fixed loop of a few milliseconds before and behind every measurement. A neighbour on the same physical core slows it without taking CPU
/// time from this process: the loop says when that happens, and knows nothing of what is measured. It does not see who shares only caches.
/// </summary>
internal sealed class SteadyLoop
{
    private const int Steps = 1_500_000;
    private readonly List<long> ticks = [];

    /// <summary>Ticks of the clock that the loop took at its fastest; long.MaxValue before the first.</summary>
    public long Fastest { get; private set; } = long.MaxValue;

    /// <summary>How far the whole process was disturbed.</summary>
    public override string ToString()
    {
        long[] sorted = [.. ticks.Order()];
        double Milliseconds(long time) => 1e3 * time / Stopwatch.Frequency;
        return string.Create(CultureInfo.InvariantCulture, $"fixed loop beside the runs: {Milliseconds(Fastest):F2} ms at its fastest, {Milliseconds(sorted[sorted.Length / 2]):F2} ms median of {sorted.Length}");
    }

    /// <summary>Ticks of the clock that it takes now.</summary>
    public long Run()
    {
        long start = Stopwatch.GetTimestamp();
        if (Turn() == 0)
        {
            throw new InvalidOperationException("the fixed loop came to nothing");
        }

        long taken = Stopwatch.GetTimestamp() - start;
        ticks.Add(taken);
        Fastest = Math.Min(Fastest, taken);
        return taken;
    }

    // Compiled once and for all: later code of the same loop would be another measure.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Turn()
    {
        // Four chains: enough independent work to want the whole core.
        ulong a = 1, b = 2, c = 3, d = 4;
        for (int i = 0; i < Steps; i++)
        {
            a = (a ^ (a << 7)) + (a >> 9);
            b = (b ^ (b << 7)) + (b >> 9);
            c = (c ^ (c << 7)) + (c >> 9);
            d = (d ^ (d << 7)) + (d >> 9);
        }

        return a | b | c | d;
    }
}
