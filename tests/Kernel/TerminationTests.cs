using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 8: when a run ends, what is a deadlock, what a livelock, what is said about them.</summary>
public sealed class TerminationTests
{
    [Fact]
    public void A_background_timer_never_keeps_a_run_alive()
    {
        Rig rig = new();
        ScriptComponent refresh = rig.Component("refresh");
        refresh.Script = cycle =>
        {
            refresh.WakeInBackground(cycle + 10);
            return false;
        };
        ScriptComponent worker = rig.Component("worker");
        worker.Script = cycle => cycle < 35;
        rig.Simulation.Run();
        Assert.Equal(35, rig.Simulation.Now);
        Assert.Equal([0L, 10, 20, 30], refresh.Ticks);
    }

    [Fact]
    public void A_progress_timer_keeps_a_run_alive_and_background_timers_fire_meanwhile()
    {
        Rig rig = new();
        ScriptComponent refresh = rig.Component("refresh");
        refresh.Script = cycle =>
        {
            refresh.WakeInBackground(cycle + 10);
            return false;
        };
        ScriptComponent worker = rig.Component("worker");
        worker.Script = cycle =>
        {
            if (cycle == 0)
            {
                worker.Wake(45);
            }

            return false;
        };
        rig.Simulation.Run();
        Assert.Equal(45, rig.Simulation.Now);
        Assert.Equal([0L, 10, 20, 30, 40], refresh.Ticks);
    }

    /// <summary>One component, both kinds: the earlier time, and the run stays alive for it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_timer_asked_for_as_progress_and_in_background_is_progress(bool progressFirst)
    {
        Rig rig = new();
        ScriptComponent both = rig.Component("both");
        both.Script = cycle =>
        {
            if (cycle == 0 && progressFirst)
            {
                both.Wake(30);
                both.WakeInBackground(20);
            }
            else if (cycle == 0)
            {
                both.WakeInBackground(20);
                both.Wake(30);
            }

            return false;
        };
        rig.Simulation.Run();
        Assert.Equal([0L, 20], both.Ticks);
    }

    [Fact]
    public void A_component_that_sleeps_with_work_is_a_deadlock_that_names_it()
    {
        Rig rig = new();
        rig.Component("idle");
        rig.Component("stuck").Work = true;
        DeadlockException e = Assert.Throws<DeadlockException>(() => rig.Simulation.Run());
        Assert.False(e.Livelock);
        Assert.Single(e.Waits);
        Assert.Contains("component stuck holds work at cycle 0", e.Waits[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadlock_lists_every_channel_that_is_not_empty_and_who_should_take_from_it()
    {
        Rig rig = new();
        ScriptComponent producer = rig.Component("producer");
        ScriptComponent consumer = rig.Component("consumer");
        Channel<int>[] channels = [.. Enumerable.Range(0, 4).Select(i => rig.Channel($"c{i}", 3))];
        foreach (Channel<int> channel in channels)
        {
            channel.ConnectProducer(producer);
        }

        // c0 is never filled, c3 has nobody to take from it.
        foreach (Channel<int> channel in channels[..3])
        {
            channel.ConnectConsumer(consumer);
        }

        producer.Script = cycle =>
        {
            channels[1].Push(1);
            channels[2].Push(1);
            if (cycle == 0)
            {
                channels[3].Push(1);
            }

            return cycle < 1;
        };
        DeadlockException e = Assert.Throws<DeadlockException>(() => rig.Simulation.Run());
        Assert.False(e.Livelock);
        Assert.Equal(
            [
                "channel c1 holds 2 of 3; consumer should take from it",
                "channel c2 holds 2 of 3; consumer should take from it",
                "channel c3 holds 1 of 3; nobody should take from it",
            ],
            e.Waits);
    }

    /// <summary>Two components that each wait for the other's first beat.</summary>
    [Fact]
    public void A_ring_in_which_each_waits_for_the_other_is_a_deadlock()
    {
        Rig rig = new();
        ScriptComponent a = rig.Component("a");
        ScriptComponent b = rig.Component("b");
        Channel<int> ab = rig.Channel("ab", 2);
        Channel<int> ba = rig.Channel("ba", 2);
        Relay(a, ba, ab);
        Relay(b, ab, ba);
        a.Work = b.Work = true;
        DeadlockException e = Assert.Throws<DeadlockException>(() => rig.Simulation.Run());
        Assert.Equal(2, e.Waits.Count);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Ticks_without_a_commit_are_a_livelock_in_every_way_of_running(bool skipping, bool tickEverything)
    {
        const int Watchdog = 500;
        Simulation simulation = new(
            new TimeBase(2, 7), new SimulationOptions(Skipping: skipping, TickEverything: tickEverything, WatchdogEdges: Watchdog));
        ClockDomain slow = simulation.AddClock("slow", 2);
        ClockDomain fast = simulation.AddClock("fast", 7);
        ScriptComponent spinning = new("spinning", slow) { Script = static _ => true, Work = true };
        _ = new ScriptComponent("idle", fast);
        DeadlockException e = Assert.Throws<DeadlockException>(() => simulation.Run(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token));
        Assert.True(e.Livelock);
        Assert.Contains(e.Waits, w => w.Contains("component spinning holds work", StringComparison.Ordinal));
        Assert.Equal(Watchdog, spinning.Clock.Cycle);
    }

    [Fact]
    public void Commits_keep_the_watchdog_quiet()
    {
        Rig rig = new(new SimulationOptions(WatchdogEdges: 10));
        (ScriptComponent producer, Channel<int> channel, ScriptComponent consumer) = rig.Pair(2);
        producer.Script = cycle =>
        {
            if (cycle % 8 == 0)
            {
                channel.Push(1);
            }

            return cycle < 800;
        };
        ChannelTests.Popper(consumer, channel, _ => true);
        rig.Simulation.Run();
        Assert.Equal(802, rig.Simulation.Now);
    }

    [Fact]
    public void A_cancelled_run_stops_between_edges()
    {
        Rig rig = new();
        using CancellationTokenSource source = new();
        ScriptComponent worker = rig.Component("worker");
        worker.Script = cycle =>
        {
            if (cycle == 12)
            {
                source.Cancel();
            }

            return true;
        };
        Assert.Throws<OperationCanceledException>(() => rig.Simulation.Run(source.Token));
        Assert.Equal(12, worker.Ticks[^1]);
    }

    private static void Relay(ScriptComponent component, Channel<int> from, Channel<int> to)
    {
        from.ConnectConsumer(component);
        to.ConnectProducer(component);
        component.Script = _ =>
        {
            if (from.CanPop && to.CanPush)
            {
                to.Push(from.Pop());
            }

            return from.HasBeatNext && to.HasSpaceNext;
        };
    }
}
