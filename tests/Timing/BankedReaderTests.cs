using BcnnSim.Hardware.Buffers;
using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Conflict cycles of a banked memory: a request takes as many cycles as its fullest bank has different pixels.</summary>
public sealed class BankedReaderTests
{
    [Theory]
    [InlineData(8, new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 1)]
    [InlineData(8, new[] { 0, 8, 16, 24, 4, 5, 6, 7 }, 4)]
    [InlineData(4, new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 2)]
    [InlineData(1, new[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 8)]
    [InlineData(1, new[] { 5, 5, 5, 5, 5, 5, 5, 5 }, 1)]
    [InlineData(3, new[] { 0, 3, -1, -1, 6, 1, 4, -1 }, 3)]
    [InlineData(2, new[] { -1, -1, -1, -1, -1, -1, -1, -1 }, 1)]
    public void A_reply_comes_after_the_reads_of_the_fullest_bank_and_the_latency(int banks, int[] pixels, int cycles)
    {
        foreach (int latency in (int[])[1, 2, 5])
        {
            // Pushed in 0, popped in 1; the reply is pushed latency after the last read and popped one later.
            List<long> taken = Run(banks, latency, [pixels], static _ => true);
            Assert.Equal([1 + (cycles - 1) + latency + 1], taken);
        }
    }

    [Fact]
    public void Replies_of_a_stream_follow_at_the_sum_of_its_conflicts()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            int banks = random.Next(1, 12);
            int[][] requests = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 8).Select(_ => random.Next(-1, 64)).ToArray())];
            List<long> expected = [];
            long at = 0;
            foreach (int[] request in requests)
            {
                at += FullestBank(request, banks);
                expected.Add(at + 3 + 1);
            }

            Assert.True(expected.SequenceEqual(Run(banks, 3, requests, static _ => true)), $"seed {seed}, {banks} banks");
        }
    }

    [Fact]
    public void A_consumer_that_stalls_loses_no_reply_and_costs_no_more_than_its_stalls()
    {
        int[][] requests = [.. Enumerable.Range(0, 100).Select(i => (int[])[i % 64, -1, -1, -1, -1, -1, -1, -1])];
        List<long> taken = Run(8, 2, requests, cycle => cycle % 2 == 0);
        Assert.Equal(100, taken.Count);
        Assert.All(taken.Zip(taken.Skip(1), (a, b) => b - a), gap => Assert.Equal(2, gap));
    }

    private static int FullestBank(int[] pixels, int banks) =>
        Math.Max(1, pixels.Where(p => p >= 0).Distinct().GroupBy(p => p % banks).Select(g => g.Count()).DefaultIfEmpty(1).Max());

    private static List<long> Run(int banks, int latency, int[][] requests, Func<long, bool> mayTake)
    {
        Simulation simulation = new(new TimeBase(1));
        ClockDomain clock = simulation.AddClock("clock", 1);
        Channel<ReadRequest> request = new(simulation, "request", 2);
        Channel<ReadReply> reply = new(simulation, "reply", 2);
        _ = new ListSource<ReadRequest>("source", clock, request, requests.Select(p => new ReadRequest(p, 1, 0, 0, 0)));
        _ = new Memory(clock, request, reply, banks, latency);
        ListSink<ReadReply> sink = new("sink", clock, reply, mayTake);
        simulation.Run();
        Assert.Equal(requests, sink.Taken.Select(t => t.Beat.Pixels));
        return [.. sink.Taken.Select(t => t.Cycle)];
    }

    /// <summary>The reader alone, as the buffers use it.</summary>
    private sealed class Memory : Component
    {
        private readonly BankedReader reader;

        public Memory(ClockDomain clock, Channel<ReadRequest> requests, Channel<ReadReply> replies, int banks, int latency)
            : base("memory", clock)
        {
            requests.ConnectConsumer(this);
            replies.ConnectProducer(this);
            reader = new BankedReader(requests, replies, banks, latency, pixelLanes: 8, pixels: 64);
        }

        public override bool HoldsWork => reader.HoldsWork;

        public override bool Tick(long cycle)
        {
            if (reader.Advance(cycle))
            {
                reader.Start(out ReadRequest request);
                reader.Finish(request, cycle);
            }

            return reader.Awake;
        }
    }
}
