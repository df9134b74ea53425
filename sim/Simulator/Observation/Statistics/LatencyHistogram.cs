using System.Numerics;

namespace BcnnSim.Observation.Statistics;

/// <summary>
/// Counts of latencies in whole cycles, in bounded memory: every latency below 65,536 cycles has its own count, so percentiles there are
/// exact; above, each power of two is cut into 32,768 steps (0.003 %). Minimum, maximum and mean are exact always.
/// </summary>
public sealed class LatencyHistogram
{
    private const int ExactBits = 16;
    private const int StepBits = ExactBits - 1;
    private long[] counts = new long[1 << 10];
    private long sum;

    public long Count { get; private set; }

    /// <summary>0 if nothing was counted.</summary>
    public long Minimum { get; private set; }

    public long Maximum { get; private set; }

    /// <summary>0 if nothing was counted.</summary>
    public double Mean => Count == 0 ? 0 : (double)sum / Count;

    public void Add(long cycles)
    {
        int slot = SlotOf(cycles);
        if (slot >= counts.Length)
        {
            Array.Resize(ref counts, (int)BitOperations.RoundUpToPowerOf2((uint)slot + 1));
        }

        counts[slot]++;
        sum += cycles;
        Minimum = Count == 0 ? cycles : Math.Min(Minimum, cycles);
        Maximum = Math.Max(Maximum, cycles);
        Count++;
    }

    /// <summary>
    /// Nearest rank: the smallest latency that at least this share of all does not exceed; above 65,536 cycles the upper end of its step.
    /// </summary>
    /// <param name="perMille">1..1000 thousandths: 990 is p99.</param>
    public long Percentile(int perMille)
    {
        long rank = (long)(((Int128)Count * perMille + 999) / 1000);
        long seen = 0;
        foreach ((long _, long last, long count) in Steps())
        {
            seen += count;
            if (seen >= rank)
            {
                return Math.Min(last, Maximum);
            }
        }

        return 0;
    }

    /// <summary>First and last latency of every step that occurred, and how often it did, in order.</summary>
    public IEnumerable<(long First, long Last, long Count)> Steps()
    {
        for (int slot = 0; slot < counts.Length; slot++)
        {
            if (counts[slot] > 0)
            {
                (long first, long width) = StepOf(slot);
                yield return (first, first + width - 1, counts[slot]);
            }
        }
    }

    private static int SlotOf(long cycles)
    {
        if (cycles < 1 << ExactBits)
        {
            return (int)cycles;
        }

        int shift = BitOperations.Log2((ulong)cycles) - StepBits;
        return (shift << StepBits) + (int)(cycles >> shift);
    }

    private static (long First, long Width) StepOf(int slot)
    {
        if (slot < 1 << ExactBits)
        {
            return (slot, 1);
        }

        int shift = (slot >> StepBits) - 1;
        long step = slot - ((long)shift << StepBits);
        return (step << shift, 1L << shift);
    }
}
