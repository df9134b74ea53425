using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 7: domains meet only in a crossing, and when its beats and its space are seen.</summary>
public sealed class CrossingVisibilityTests
{
    private static readonly (long Source, long Destination)[] Clocks =
        [(300, 450), (450, 300), (200, 450), (450, 200), (1, 1), (300, 300), (7, 5), (5, 7), (1, 10), (10, 1), (99, 100), (100, 99), (3, 64)];

    /// <summary>Every push, pop and refusal of random traffic against a model that walks the edges one by one.</summary>
    [Fact]
    public void Beats_and_space_are_seen_at_the_kth_and_mth_edge_strictly_after()
    {
        for (int i = 0; i < 120; i++)
        {
            Random random = new(i);
            (long source, long destination) = Clocks[i % Clocks.Length];
            int k = random.Next(2, 6);
            int m = random.Next(2, 6);
            int depth = random.Next(1, 12);
            CrossingTraffic traffic = new(source, destination, depth, k, m, seed: i);
            string context = $"seed {i}: {source} -> {destination} kHz, depth {depth}, k {k}, m {m}";
            Assert.True(traffic.Expected().SequenceEqual(traffic.Simulated()), context);
        }
    }

    /// <summary>Asleep between the events, both ends do the same in the same cycles as when they look at every edge.</summary>
    [Fact]
    public void Sleeping_ends_are_woken_at_the_visibility_edge()
    {
        for (int i = 0; i < 60; i++)
        {
            Random random = new(i);
            (long source, long destination) = Clocks[i % Clocks.Length];
            SimulationOptions awake = new(TickEverything: true);
            int depth = random.Next(1, 10);
            int k = random.Next(2, 5);
            int m = random.Next(2, 5);
            List<(long, bool, bool)> asleep = Stream(source, destination, depth, k, m, new SimulationOptions());
            Assert.True(Stream(source, destination, depth, k, m, awake).SequenceEqual(asleep), $"seed {i}: {source} -> {destination} kHz");
        }
    }

    [Fact]
    public void A_plain_channel_between_two_clocks_is_refused()
    {
        Simulation simulation = new(new TimeBase(2, 3));
        Channel<int> channel = new(simulation, "link", 2);
        channel.ConnectProducer(new ScriptComponent("producer", simulation.AddClock("slow", 2)));
        channel.ConnectConsumer(new ScriptComponent("consumer", simulation.AddClock("fast", 3)));
        string message = Assert.Throws<ModelException>(() => simulation.Run()).Message;
        Assert.Contains("channel link", message, StringComparison.Ordinal);
        Assert.Contains("only a crossing may", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crossing_whose_ends_are_on_the_wrong_clocks_is_refused()
    {
        Simulation simulation = new(new TimeBase(2, 3));
        ClockDomain slow = simulation.AddClock("slow", 2);
        ClockDomain fast = simulation.AddClock("fast", 3);
        CrossingChannel<int> channel = new(simulation, "crossing", 4, slow, fast, 2, 2);
        channel.ConnectProducer(new ScriptComponent("producer", fast));
        channel.ConnectConsumer(new ScriptComponent("consumer", fast));
        Assert.Contains("producer on clock slow", Assert.Throws<ModelException>(() => simulation.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_end_is_accepted_until_a_beat_passes()
    {
        Simulation simulation = new(new TimeBase(1));
        ClockDomain clock = simulation.AddClock("clock", 1);
        CrossingChannel<int> channel = new(simulation, "crossing", 4, clock, clock, 2, 2);
        ScriptComponent producer = new("producer", clock);
        channel.ConnectProducer(producer);
        producer.Script = cycle =>
        {
            if (cycle == 5)
            {
                channel.Push(1);
            }

            return true;
        };
        simulation.RunUntil(4);
        Assert.Contains("one end is open", Assert.Throws<ModelException>(() => simulation.RunUntil(6)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Fewer_than_two_synchroniser_stages_are_refused(int forward, int backward)
    {
        Simulation simulation = new(new TimeBase(1));
        ClockDomain clock = simulation.AddClock("clock", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossingChannel<int>(simulation, "crossing", 4, clock, clock, forward, backward));
    }

    /// <summary>A stream between components that sleep whenever they may; returns every commit.</summary>
    private static List<(long Time, bool Pushed, bool Popped)> Stream(long source, long destination, int depth, int k, int m, SimulationOptions options)
    {
        Simulation simulation = new(new TimeBase(source, destination), options);
        ClockDomain from = simulation.AddClock("source", source);
        ClockDomain to = simulation.AddClock("destination", destination);
        CrossingChannel<int> channel = new(simulation, "crossing", depth, from, to, k, m);
        ScriptComponent producer = new("producer", from);
        ScriptComponent consumer = new("consumer", to);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        CommitLog log = new();
        channel.Attach(log);
        int sent = 0;
        producer.Script = _ =>
        {
            if (sent < 200 && channel.CanPush)
            {
                channel.Push(sent++);
            }

            return sent < 200 && channel.HasSpaceNext;
        };
        consumer.Script = _ =>
        {
            if (channel.CanPop)
            {
                channel.Pop();
            }

            return channel.HasBeatNext;
        };
        simulation.Run();
        Assert.Equal(200, log.Events.Count(e => e.Popped));
        return [.. log.Events.Select(e => (e.Time, e.Pushed, e.Popped))];
    }
}
