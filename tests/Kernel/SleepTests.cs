using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 4: who sleeps, what wakes, when time jumps.</summary>
public sealed class SleepTests
{
    [Fact]
    public void A_sleeper_is_woken_by_a_push_into_a_channel_it_takes_from()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        producer.Script = cycle =>
        {
            if (cycle == 7)
            {
                channel.Push(1);
            }

            return cycle < 7;
        };
        rig.Simulation.RunUntil(20);
        Assert.Equal([0L, 8], consumer.Ticks);
    }

    [Fact]
    public void A_sleeper_is_woken_by_a_pop_from_a_channel_it_pushes_into()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(1);
        ChannelTests.Pusher(producer, channel, 2);
        consumer.Script = cycle =>
        {
            if (cycle == 5)
            {
                channel.Pop();
            }

            return cycle < 5;
        };
        rig.Simulation.RunUntil(20);
        Assert.Equal([0L, 6], producer.Ticks);
    }

    [Theory]
    [InlineData(1, false, new long[] { 0, 6 })]
    [InlineData(1, true, new long[] { 0, 6 })]
    [InlineData(2, false, new long[] { 0, 6 })]
    [InlineData(2, true, new long[] { 0 })]
    public void A_producer_that_waits_only_for_space_is_woken_by_the_pop_of_a_full_channel_alone(int depth, bool spaceOnly, long[] ticks)
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(depth);
        producer.SpaceOnly = spaceOnly;
        producer.Script = cycle =>
        {
            if (cycle == 0)
            {
                channel.Push(1);
            }

            return false;
        };
        consumer.Script = cycle =>
        {
            if (cycle == 5)
            {
                channel.Pop();
            }

            return cycle < 5;
        };
        rig.Simulation.RunUntil(20);
        Assert.Equal(ticks, producer.Ticks);
    }

    [Fact]
    public void A_producer_that_waits_only_for_space_is_woken_where_its_push_would_have_filled_the_channel()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        producer.SpaceOnly = true;
        producer.Script = cycle =>
        {
            if (cycle is 0 or 5)
            {
                channel.Push(1);
            }

            return cycle < 5;
        };
        consumer.Script = cycle =>
        {
            if (cycle == 5)
            {
                channel.Pop();
            }

            return cycle < 5;
        };
        rig.Simulation.RunUntil(20);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], producer.Ticks);
    }

    [Fact]
    public void A_bystander_is_not_woken()
    {
        Rig rig = new();
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        ScriptComponent bystander = rig.Component("bystander");
        ChannelTests.Pusher(producer, channel, 50);
        ChannelTests.Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal([0L], bystander.Ticks);
    }

    [Theory]
    [InlineData(50, 100)]
    [InlineData(100, 50)]
    public void WakeAt_keeps_the_earlier_and_forgets_the_later(long first, long second)
    {
        Rig rig = new();
        ScriptComponent sleeper = rig.Component("sleeper");
        sleeper.Script = cycle =>
        {
            if (cycle == 0)
            {
                sleeper.Wake(first);
                sleeper.Wake(second);
            }

            return false;
        };
        rig.Simulation.Run();
        Assert.Equal([0L, 50], sleeper.Ticks);
        Assert.Equal(50, rig.Simulation.Now);
    }

    [Fact]
    public void A_timer_is_cleared_when_it_fires_and_can_be_armed_again()
    {
        Rig rig = new();
        ScriptComponent sleeper = rig.Component("sleeper");
        sleeper.Script = cycle =>
        {
            if (cycle < 300)
            {
                sleeper.Wake(cycle + 100);
            }

            return false;
        };
        rig.Simulation.Run();
        Assert.Equal([0L, 100, 200, 300], sleeper.Ticks);
    }

    /// <summary>A timer for the cycle of the edge, or before it, can never fire.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public void A_timer_for_a_cycle_that_has_passed_is_refused(long when)
    {
        Rig rig = new();
        ScriptComponent sleeper = rig.Component("sleeper");
        sleeper.Script = cycle =>
        {
            if (cycle == 3)
            {
                sleeper.Wake(when);
            }

            return true;
        };
        string message = Assert.Throws<ModelException>(() => rig.Simulation.RunUntil(10)).Message;
        Assert.Contains("component sleeper", message, StringComparison.Ordinal);
        Assert.Contains("has passed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_nothing_awake_time_jumps_to_the_next_timer()
    {
        Rig rig = new();
        ScriptComponent sleeper = rig.Component("sleeper");
        ScriptComponent other = rig.Component("other");
        sleeper.Script = cycle =>
        {
            if (cycle == 0)
            {
                sleeper.Wake(1_000_000_000_000);
            }

            return false;
        };
        rig.Simulation.Run();
        Assert.Equal([0L, 1_000_000_000_000], sleeper.Ticks);
        Assert.Equal([0L], other.Ticks);
        Assert.Equal(1_000_000_000_000, rig.Simulation.Now);
    }

    /// <summary>Sleeping or not, with or without jumps: the same pops in the same cycles.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Skipping_and_spurious_ticks_change_no_event(bool skipping, bool tickEverything)
    {
        Rig rig = new(new SimulationOptions(Skipping: skipping, TickEverything: tickEverything));
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        CommitLog log = new();
        channel.Attach(log);
        int sent = 0;
        producer.Script = cycle =>
        {
            if (sent < 4 && cycle == sent * 10)
            {
                channel.Push(sent++);
                if (sent < 4)
                {
                    producer.Wake(sent * 10);
                }
            }

            return false;
        };
        ChannelTests.Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal([0L, 1, 10, 11, 20, 21, 30, 31], log.Events.Select(e => e.Time));
        Assert.Equal(32, rig.Simulation.Now);
        Assert.Equal(tickEverything ? 33 : 8, producer.Ticks.Count);
    }

    [Fact]
    public void Many_components_in_one_domain_each_keep_their_own_state()
    {
        Rig rig = new();
        ScriptComponent[] components = [.. Enumerable.Range(0, 200).Select(i => rig.Component($"c{i}"))];
        foreach (ScriptComponent component in components)
        {
            long due = 1 + (component.Id * 7 % 200);
            component.Script = cycle =>
            {
                if (cycle == 0)
                {
                    component.Wake(due);
                }

                return false;
            };
        }

        rig.Simulation.Run();
        Assert.All(components, c => Assert.Equal([0L, 1 + (c.Id * 7 % 200)], c.Ticks));
    }
}
