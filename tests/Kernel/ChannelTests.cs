using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 2: the rules of a channel, each with its closed form.</summary>
public sealed class ChannelTests
{
    /// <summary>Depth 1 alternates push and pop; depth 2 and more moves a beat every cycle.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(7, 1)]
    public void A_beat_passes_every_cycle_from_depth_2_and_every_second_at_depth_1(int depth, int cyclesPerBeat)
    {
        const int Beats = 1000;
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(depth);
        List<long> pushes = Pusher(producer, channel, Beats);
        List<long> pops = Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal(Enumerable.Range(0, Beats).Select(i => (long)i * cyclesPerBeat), pushes);
        Assert.Equal(Enumerable.Range(0, Beats).Select(i => ((long)i * cyclesPerBeat) + 1), pops);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_full_channel_has_taken_exactly_its_depth(int depth)
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(depth);
        List<long> pushes = Pusher(producer, channel, 1000);
        consumer.Script = static _ => false;
        rig.Simulation.RunUntil(100);
        Assert.Equal(depth, pushes.Count);
        Assert.Equal(depth, channel.Count);
        Assert.False(channel.CanPush);
    }

    /// <summary>Filled at depth - 1, popped once at 50: the push that uses the space happens at 51.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Space_freed_in_n_is_usable_in_n_plus_1(int depth)
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(depth);
        List<long> pushes = Pusher(producer, channel, depth + 1);
        Popper(consumer, channel, cycle => cycle >= 50);
        consumer.Script = Also(consumer.Script, cycle => cycle < 50);
        rig.Simulation.Run();
        Assert.Equal(51, pushes[^1]);
    }

    [Fact]
    public void The_consumer_sees_only_the_head()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(4);
        int next = 10;
        producer.Script = _ =>
        {
            if (next < 13)
            {
                channel.Push(next++);
            }

            return next < 13;
        };
        List<int> heads = [];
        consumer.Script = cycle =>
        {
            if (cycle > 3 && channel.CanPop)
            {
                heads.Add(channel.Head);
                Assert.Equal(channel.Head, channel.Pop());
            }

            return cycle < 10;
        };
        rig.Simulation.Run();
        Assert.Equal([10, 11, 12], heads);
    }

    [Fact]
    public void Push_and_pop_of_one_edge_leave_the_count_as_it_was()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        CommitLog log = new();
        channel.Attach(log);
        Pusher(producer, channel, 3);
        Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal(
            [("link", 0L, true, false), ("link", 1L, true, true), ("link", 2L, true, true), ("link", 3L, false, true)],
            log.Events);
    }

    [Fact]
    public void Two_observers_see_every_commit_in_order_of_attachment()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        CommitLog both = new();
        CommitLog second = new();
        channel.Attach(both);
        channel.Attach(second);
        Pusher(producer, channel, 5);
        Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal(6, both.Events.Count);
        Assert.Equal(both.Events, second.Events);
    }

    /// <summary>Pushes whenever there is space; returns the cycles of its pushes.</summary>
    internal static List<long> Pusher(ScriptComponent producer, Channel<int> channel, int beats)
    {
        List<long> pushes = [];
        producer.Script = cycle =>
        {
            if (pushes.Count < beats && channel.CanPush)
            {
                channel.Push(pushes.Count);
                pushes.Add(cycle);
            }

            return pushes.Count < beats && channel.HasSpaceNext;
        };
        return pushes;
    }

    /// <summary>Pops while <paramref name="may"/> holds; returns the cycles of its pops.</summary>
    internal static List<long> Popper(ScriptComponent consumer, Channel<int> channel, Func<long, bool> may)
    {
        List<long> pops = [];
        consumer.Script = cycle =>
        {
            if (channel.CanPop && may(cycle))
            {
                channel.Pop();
                pops.Add(cycle);
            }

            return channel.HasBeatNext;
        };
        return pops;
    }

    private static Func<long, bool> Also(Func<long, bool> script, Func<long, bool> awake) => cycle => script(cycle) | awake(cycle);
}
