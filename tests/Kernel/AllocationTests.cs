using BcnnSim.Kernel;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>The kernel allocates nothing per cycle once its buffers have grown.</summary>
public sealed class AllocationTests
{
    private const long Warm = 2_000;
    private const long Measured = 100_000;

    [Fact]
    public void A_busy_chain_allocates_nothing_in_100_000_cycles()
    {
        Rig rig = new();
        Channel<int> channel = rig.Channel("c0", 2);
        Source(rig.Component("source"), channel);
        for (int i = 1; i < 8; i++)
        {
            Channel<int> next = rig.Channel($"c{i}", 2);
            Relay(rig.Component($"relay{i}"), channel, next);
            channel = next;
        }

        Sink(rig.Component("sink"), channel);
        Assert.Equal(0, AllocatedAfterWarmUp(rig.Simulation, period: 1));
    }

    [Fact]
    public void A_busy_crossing_with_its_timers_allocates_nothing_in_100_000_cycles()
    {
        Simulation simulation = new(new TimeBase(300, 450));
        ClockDomain array = simulation.AddClock("array", 300);
        ClockDomain axi = simulation.AddClock("axi", 450);
        CrossingChannel<int> channel = new(simulation, "crossing", 16, array, axi, 2, 2);
        ScriptComponent producer = new("producer", array);
        ScriptComponent consumer = new("consumer", axi);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        producer.Script = cycle =>
        {
            if (channel.CanPush)
            {
                channel.Push((int)cycle);
            }

            return channel.HasSpaceNext;
        };
        consumer.Script = _ =>
        {
            if (channel.CanPop)
            {
                channel.Pop();
            }

            return channel.HasBeatNext;
        };
        foreach (ScriptComponent component in (ScriptComponent[])[producer, consumer])
        {
            component.Ticks.Capacity = 400_000;
        }

        Assert.Equal(0, AllocatedAfterWarmUp(simulation, array.Period));
    }

    private static long AllocatedAfterWarmUp(Simulation simulation, long period)
    {
        simulation.RunUntil(Warm * period);
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.RunUntil((Warm + Measured) * period);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Source(ScriptComponent component, Channel<int> output)
    {
        output.ConnectProducer(component);
        component.Ticks.Capacity = 200_000;
        component.Script = cycle =>
        {
            if (output.CanPush)
            {
                output.Push((int)cycle);
            }

            return output.HasSpaceNext;
        };
    }

    private static void Relay(ScriptComponent component, Channel<int> input, Channel<int> output)
    {
        input.ConnectConsumer(component);
        output.ConnectProducer(component);
        component.Ticks.Capacity = 200_000;
        component.Script = _ =>
        {
            if (input.CanPop && output.CanPush)
            {
                output.Push(input.Pop());
            }

            return input.HasBeatNext && output.HasSpaceNext;
        };
    }

    private static void Sink(ScriptComponent component, Channel<int> input)
    {
        input.ConnectConsumer(component);
        component.Ticks.Capacity = 200_000;
        component.Script = _ =>
        {
            if (input.CanPop)
            {
                input.Pop();
            }

            return input.HasBeatNext;
        };
    }
}
