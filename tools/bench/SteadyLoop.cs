using System.Diagnostics;

namespace BcnnSim.Bench;

/// <summary>
/// A fixed loop of a few milliseconds beside every measurement. A neighbour on the same physical core slows it without taking CPU time
/// from this process: the loop says when that happens, and knows nothing of what is measured.
/// </summary>
internal static class SteadyLoop
{
    private const int Steps = 1_500_000;
    private static ulong sink;

    /// <summary>Ticks of the clock that the loop took.</summary>
    public static long Run()
    {
        long start = Stopwatch.GetTimestamp();

        // Four chains: enough independent work to want the whole core.
        ulong a = 1, b = 2, c = 3, d = 4;
        for (int i = 0; i < Steps; i++)
        {
            a = (a ^ (a << 7)) + (a >> 9);
            b = (b ^ (b << 7)) + (b >> 9);
            c = (c ^ (c << 7)) + (c >> 9);
            d = (d ^ (d << 7)) + (d >> 9);
        }

        sink += a + b + c + d;
        return Stopwatch.GetTimestamp() - start;
    }
}
