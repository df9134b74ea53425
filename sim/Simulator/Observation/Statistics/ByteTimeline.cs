namespace BcnnSim.Observation.Statistics;

/// <summary>Bytes read and written over time in at most <see cref="MaxBins"/> bins of equal width, which doubles when they are full.</summary>
public sealed class ByteTimeline
{
    public const int MaxBins = 256;
    private readonly long[] read = new long[MaxBins];
    private readonly long[] written = new long[MaxBins];

    private int widthBits = 6;

    /// <summary>Cycles of a bin.</summary>
    public long Width => 1L << widthBits;

    /// <summary>Bins with anything before their end.</summary>
    public int Bins { get; private set; }

    public ReadOnlySpan<long> Read => read.AsSpan(0, Bins);

    public ReadOnlySpan<long> Written => written.AsSpan(0, Bins);

    public void Add(long cycle, int bytes, bool isWrite)
    {
        while (cycle >= Width * MaxBins)
        {
            Halve(read);
            Halve(written);
            widthBits++;
            Bins = (Bins + 1) / 2;
        }

        int bin = (int)(cycle >> widthBits);
        (isWrite ? written : read)[bin] += bytes;
        Bins = Math.Max(Bins, bin + 1);
    }

    private static void Halve(long[] bins)
    {
        for (int i = 0; i < MaxBins / 2; i++)
        {
            bins[i] = bins[2 * i] + bins[(2 * i) + 1];
        }

        Array.Clear(bins, MaxBins / 2, MaxBins / 2);
    }
}
