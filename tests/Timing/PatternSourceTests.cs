using BcnnSim.Hardware.Traffic;
using Xunit;

namespace BcnnSim.Tests.Timing;

public sealed class PatternSourceTests
{
    private static readonly RequestPattern Walk = new() { Kind = PatternKind.Stride, Stride = 96, WorkingSet = 1000, BytesPerRequest = 32, WriteShare = 0, Seed = 1 };

    [Fact]
    public void Request_i_of_a_pseudo_channel_lies_at_i_times_stride_modulo_working_set()
    {
        long[] addresses = [.. All(new PatternSource(Walk, 3, [5], 0, 500)).Select(r => r.Address)];
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (5L << 28) + (i * 96L % 1000)), addresses);
        Assert.Equal(addresses.Max() - (5L << 28) + 32, Walk.End);
    }

    [Fact]
    public void Pseudo_channels_are_gone_round_and_each_is_walked_by_itself()
    {
        MemoryRequest[] all = [.. All(new PatternSource(Walk, 0, [2, 0, 7], 1, 300))];
        Assert.Equal([0, 7, 2, 0, 7, 2], all.Take(6).Select(r => r.Address >> 28));
        foreach (IGrouping<long, MemoryRequest> channel in all.GroupBy(r => r.Address >> 28))
        {
            Assert.Equal(Enumerable.Range(0, 100).Select(i => i * 96L % 1000), channel.Select(r => r.Address & ((1 << 28) - 1)));
        }
    }

    [Fact]
    public void Random_addresses_are_multiples_of_the_request_spread_over_the_whole_working_set()
    {
        RequestPattern random = Walk with { Kind = PatternKind.Random, BytesPerRequest = 24, WorkingSet = 24 * 10 + 5 };
        MemoryRequest[] all = [.. All(new PatternSource(random, 0, [0], 0, 100_000))];
        Assert.All(all, r => Assert.Equal(0, r.Address % 24));
        int[] counts = [.. all.GroupBy(r => r.Address / 24).OrderBy(g => g.Key).Select(g => g.Count())];
        Assert.Equal(10, counts.Length);

        // Ten places, 10,000 each expected, deviation 95: six of them.
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 570, 10_000 + 570));
        Assert.Equal(240, random.End);
    }

    [Fact]
    public void Streams_depend_on_seed_and_port_and_addresses_not_on_the_share_of_writes()
    {
        RequestPattern random = Walk with { Kind = PatternKind.Random, WorkingSet = 1 << 28, WriteShare = 0.3 };
        MemoryRequest[] all = [.. All(new PatternSource(random, 4, [0], 0, 20_000))];
        Assert.Equal(all, All(new PatternSource(random, 4, [0], 0, 20_000)));
        Assert.NotEqual(all, All(new PatternSource(random with { Seed = 2 }, 4, [0], 0, 20_000)));
        Assert.NotEqual(all, All(new PatternSource(random, 5, [0], 0, 20_000)));
        Assert.Equal(all.Select(r => r.Address), All(new PatternSource(random with { WriteShare = 0.9 }, 4, [0], 0, 20_000)).Select(r => r.Address));

        // 6,000 expected, deviation 65: six of them.
        Assert.InRange(all.Count(r => r.IsWrite), 6_000 - 390, 6_000 + 390);
        Assert.All(All(new PatternSource(random with { WriteShare = 1 }, 4, [0], 0, 100)), r => Assert.True(r.IsWrite));
    }

    [Theory]
    [InlineData(32, 32, 1)]
    [InlineData(33, 33, 2)]
    [InlineData(33, 64, 2)]
    [InlineData(34, 34, 3)]
    [InlineData(1, 1, 1)]
    [InlineData(512, 512, 16)]
    [InlineData(4096, 4096, 16)]
    public void The_longest_burst_counts_the_beats_touched_at_the_worst_alignment(int bytes, long stride, int beats) =>
        Assert.Equal(beats, (Walk with { BytesPerRequest = bytes, Stride = stride, WorkingSet = 1 << 20 }).LongestBurst);

    private static IEnumerable<MemoryRequest> All(PatternSource source)
    {
        while (source.TryNext(out MemoryRequest request))
        {
            yield return request;
        }
    }
}
