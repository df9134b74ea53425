using BcnnSim.Observation.Statistics;
using Xunit;

namespace BcnnSim.Tests.Observation;

public sealed class LatencyHistogramTests
{
    private static readonly int[] Ranks = [1, 10, 500, 900, 990, 999, 1000];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 200)]
    [InlineData(1000, 65_536)]
    [InlineData(20_011, 3_000)]
    public void Below_65536_cycles_percentiles_are_those_of_a_sort(int count, int range)
    {
        (LatencyHistogram histogram, long[] sorted) = Random(count, range, seed: count);
        foreach (int perMille in Ranks)
        {
            Assert.Equal(sorted[(int)(((long)count * perMille + 999) / 1000) - 1], histogram.Percentile(perMille));
        }

        Assert.Equal(sorted[0], histogram.Minimum);
        Assert.Equal(sorted[^1], histogram.Maximum);
        Assert.Equal(sorted.Average(), histogram.Mean, 9);
    }

    [Fact]
    public void Above_they_are_at_most_a_step_of_3_in_100000_too_large()
    {
        (LatencyHistogram histogram, long[] sorted) = Random(50_000, 4_000_000_000_000, seed: 3);
        foreach (int perMille in Ranks)
        {
            long exact = sorted[(int)((50_000L * perMille + 999) / 1000) - 1];
            Assert.InRange(histogram.Percentile(perMille), exact, exact + (exact / 32_768) + 1);
        }

        Assert.Equal(50_000, histogram.Steps().Sum(s => s.Count));
        Assert.All(histogram.Steps().Zip(histogram.Steps().Skip(1)), p => Assert.True(p.First.Last < p.Second.First));
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(131_071)]
    [InlineData(131_072)]
    [InlineData(long.MaxValue >> 1)]
    public void A_latency_lies_in_its_step(long latency)
    {
        LatencyHistogram histogram = new();
        histogram.Add(latency);
        (long first, long last, long count) = Assert.Single(histogram.Steps());
        Assert.InRange(latency, first, last);
        Assert.Equal(1, count);
        Assert.Equal(latency, histogram.Percentile(500));
    }

    [Fact]
    public void Bytes_over_time_keep_their_sum_and_their_place_when_bins_widen()
    {
        ByteTimeline timeline = new();
        long last = 0;
        for (int i = 0; i < 10_000; i++)
        {
            timeline.Add(last = i * 37L, 32, i % 4 == 0);
        }

        Assert.InRange(timeline.Bins, (ByteTimeline.MaxBins / 2) + 1, ByteTimeline.MaxBins);
        Assert.Equal(last / timeline.Width, timeline.Bins - 1);
        Assert.Equal(2_500 * 32, timeline.Written.ToArray().Sum());
        Assert.Equal(7_500 * 32, timeline.Read.ToArray().Sum());
        long firstBin = Enumerable.Range(0, 10_000).Count(i => i * 37L < timeline.Width) * 32;
        Assert.Equal(firstBin, timeline.Read[0] + timeline.Written[0]);
    }

    private static (LatencyHistogram Histogram, long[] Sorted) Random(int count, long range, int seed)
    {
        Random random = new(seed);
        LatencyHistogram histogram = new();
        long[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(range))];
        Array.ForEach(values, histogram.Add);
        Array.Sort(values);
        return (histogram, values);
    }
}
