using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 2: what breaks the rules of a channel is a model error that names cycle, component and channel.</summary>
public sealed class ChannelViolationTests
{
    [Fact]
    public void A_second_push_in_one_edge_is_refused()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, _) = rig.Pair(4);
        producer.Script = At(3, () =>
        {
            channel.Push(1);
            channel.Push(2);
        });
        Refused(rig, "cycle 3", "component producer", "channel link", "second push in one edge");
    }

    [Fact]
    public void A_second_pop_in_one_edge_is_refused()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(4);
        ChannelTests.Pusher(producer, channel, 3);
        consumer.Script = At(5, () =>
        {
            channel.Pop();
            channel.Pop();
        });
        Refused(rig, "cycle 5", "component consumer", "channel link", "second pop in one edge");
    }

    [Fact]
    public void A_push_into_a_full_channel_is_refused()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, _) = rig.Pair(2);
        producer.Script = _ =>
        {
            channel.Push(1);
            return true;
        };
        Refused(rig, "cycle 2", "component producer", "channel link", "push into a full channel");
    }

    [Fact]
    public void A_pop_from_an_empty_channel_is_refused()
    {
        Rig rig = new();
        (_, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        consumer.Script = At(4, () => channel.Pop());
        Refused(rig, "cycle 4", "component consumer", "channel link", "pop from an empty channel");
    }

    [Fact]
    public void A_beat_pushed_in_this_edge_cannot_be_popped_in_it()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        producer.Script = At(0, () => channel.Push(1));
        consumer.Script = At(0, () => channel.Pop());
        Refused(rig, "cycle 0", "component consumer", "channel link", "pop from an empty channel");
    }

    [Fact]
    public void A_second_producer_or_consumer_is_refused()
    {
        Rig rig = new();
        (_, Channel<int> channel, _) = rig.Pair(2);
        ScriptComponent other = rig.Component("other");
        Assert.Contains("already produced by producer", Assert.Throws<ModelException>(() => channel.ConnectProducer(other)).Message, StringComparison.Ordinal);
        Assert.Contains("already consumed by consumer", Assert.Throws<ModelException>(() => channel.ConnectConsumer(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_channel_without_depth_is_refused(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rig().Channel("link", depth));

    [Fact]
    public void A_crossing_refuses_the_same_four_violations()
    {
        Assert.Contains("second push in one edge", Crossing(c => { c.Push(1); c.Push(2); }, static _ => { }), StringComparison.Ordinal);
        Assert.Contains("push into a full channel", Crossing(c => c.Push(1), static _ => { }), StringComparison.Ordinal);
        Assert.Contains("pop from an empty channel", Crossing(static _ => { }, c => c.Pop()), StringComparison.Ordinal);
        Assert.Contains("second pop in one edge", Crossing(Push, PopTwice), StringComparison.Ordinal);

        static void Push(CrossingChannel<int> c)
        {
            if (c.CanPush)
            {
                c.Push(1);
            }
        }

        static void PopTwice(CrossingChannel<int> c)
        {
            if (c.CanPop)
            {
                c.Pop();
                c.Pop();
            }
        }
    }

    private static string Crossing(Action<CrossingChannel<int>> push, Action<CrossingChannel<int>> pop)
    {
        Simulation simulation = new(new TimeBase(2, 3));
        ClockDomain source = simulation.AddClock("source", 2);
        ClockDomain destination = simulation.AddClock("destination", 3);
        CrossingChannel<int> channel = new(simulation, "crossing", 4, source, destination, 2, 2);
        ScriptComponent producer = new("producer", source);
        ScriptComponent consumer = new("consumer", destination);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        producer.Script = _ =>
        {
            push(channel);
            return true;
        };
        consumer.Script = _ =>
        {
            pop(channel);
            return true;
        };
        string message = Assert.Throws<ModelException>(() => simulation.RunUntil(200)).Message;
        Assert.Contains("channel crossing", message, StringComparison.Ordinal);
        return message;
    }

    private static Func<long, bool> At(long when, Action action) => cycle =>
    {
        if (cycle == when)
        {
            action();
        }

        return cycle < when;
    };

    private static void Refused(Rig rig, params string[] parts)
    {
        string message = Assert.Throws<ModelException>(() => rig.Simulation.RunUntil(100)).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
