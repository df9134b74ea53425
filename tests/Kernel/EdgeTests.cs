using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clauses 1 and 3 of the contract: edges, ticks, commits, no combinational path.</summary>
public sealed class EdgeTests
{
    [Fact]
    public void The_first_edge_after_reset_is_cycle_0_and_every_component_runs_in_it()
    {
        Rig rig = new();
        ScriptComponent[] components = [rig.Component("a"), rig.Component("b"), rig.Component("c")];
        rig.Simulation.Run();
        Assert.All(components, c => Assert.Equal([0L], c.Ticks));
        Assert.Equal(0, rig.Simulation.Now);
    }

    [Fact]
    public void An_awake_component_runs_once_at_every_edge()
    {
        Rig rig = new();
        ScriptComponent awake = rig.Component("awake");
        awake.Script = cycle => cycle < 9;
        rig.Simulation.Run();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), awake.Ticks);
    }

    [Fact]
    public void Every_domain_that_has_an_edge_runs_in_it_and_no_other()
    {
        Simulation simulation = new(new TimeBase(2, 3));
        ClockDomain slow = simulation.AddClock("slow", 2);
        ClockDomain fast = simulation.AddClock("fast", 3);
        List<(string Name, long Time)> order = [];
        ScriptComponent a = new("slow", slow) { Script = cycle => Note("slow", cycle) };
        ScriptComponent b = new("fast", fast) { Script = cycle => Note("fast", cycle) };
        bool Note(string name, long cycle)
        {
            order.Add((name, simulation.Now));
            return cycle < 6;
        }

        simulation.RunUntil(12);

        // lcm of 2 and 3 kHz is 6 ticks per millisecond: periods 3 and 2.
        Assert.Equal([0L, 3, 6, 9, 12], order.Where(o => o.Name == "slow").Select(o => o.Time));
        Assert.Equal([0L, 2, 4, 6, 8, 10, 12], order.Where(o => o.Name == "fast").Select(o => o.Time));
        Assert.Equal([0L, 1, 2, 3, 4], a.Ticks);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], b.Ticks);
    }

    /// <summary>Whichever runs first, the consumer sees the beat one edge later and the producer the space one edge later.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_passes_between_components_within_an_edge(bool producerFirst)
    {
        Rig rig = new();
        ScriptComponent first = rig.Component("first");
        ScriptComponent second = rig.Component("second");
        (ScriptComponent producer, ScriptComponent consumer) = producerFirst ? (first, second) : (second, first);
        Channel<int> channel = rig.Channel("link", 1);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        List<long> couldPush = [];
        List<long> couldPop = [];
        producer.Script = cycle =>
        {
            if (channel.CanPush && couldPush.Count < 3)
            {
                couldPush.Add(cycle);
                channel.Push(1);
            }

            return cycle < 5;
        };
        consumer.Script = cycle =>
        {
            if (channel.CanPop)
            {
                couldPop.Add(cycle);
                channel.Pop();
            }

            return cycle < 6;
        };
        rig.Simulation.Run();
        Assert.Equal([0L, 2, 4], couldPush);
        Assert.Equal([1L, 3, 5], couldPop);
    }

    [Fact]
    public void Channels_commit_after_all_ticks_of_the_edge_and_before_time_advances()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        List<string> order = [];
        producer.Script = cycle =>
        {
            order.Add($"tick producer {cycle}");
            if (cycle == 0)
            {
                channel.Push(7);
            }

            return false;
        };
        consumer.Script = cycle =>
        {
            order.Add($"tick consumer {cycle} sees {channel.Count}");
            if (channel.CanPop)
            {
                channel.Pop();
            }

            return false;
        };
        channel.Attach(new OrderObserver(order));
        rig.Simulation.Run();

        // At 2 the producer wakes because its channel committed a pop in 1; the consumer has nothing more to see.
        Assert.Equal(
            ["tick producer 0", "tick consumer 0 sees 0", "commit 0", "tick consumer 1 sees 1", "commit 1", "tick producer 2"],
            order);
    }

    private sealed class OrderObserver(List<string> order) : IChannelObserver
    {
        public void OnCommit(Channel channel, long time, bool pushed, bool popped) => order.Add($"commit {time}");
    }
}
