using BcnnSim.Design;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Kernel;

/// <summary>Clause 7: the depth a crossing needs, in the kernel and in the design rule.</summary>
public sealed class CrossingRateTests
{
    private static readonly long[] Kilohertz = [100, 150, 200, 300, 333, 450, 900];

    public static TheoryData<int, int> Stages => new() { { 2, 2 }, { 2, 3 }, { 3, 2 }, { 4, 4 }, { 5, 2 } };

    [Theory]
    [MemberData(nameof(Stages))]
    public void The_stated_depth_gives_full_rate_and_one_beat_less_does_not(int k, int m)
    {
        foreach (long source in Kilohertz)
        {
            foreach (long destination in Kilohertz)
            {
                int depth = (int)CrossingDepth.ForFullRate(source, destination, k, m);
                string context = $"{source} -> {destination} kHz, k {k}, m {m}, depth {depth}";
                Assert.True(FullRate(source, destination, depth, k, m), context);
                Assert.False(FullRate(source, destination, depth - 1, k, m), $"{context}: one less is enough");
            }
        }
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(200_000)]
    [InlineData(450_000)]
    [InlineData(150_000)]
    [InlineData(600_000)]
    public void The_design_rule_demands_the_depth_of_the_slower_direction_and_no_more(long array)
    {
        AcceleratorDesign design = Designs.Reference();
        ClockDesign clocks = design.Clocks with { ArrayKilohertz = array, CrossingForwardEdges = 3, CrossingBackwardEdges = 4 };
        long needed = Math.Max(
            CrossingDepth.ForFullRate(array, clocks.AxiKilohertz, 3, 4), CrossingDepth.ForFullRate(clocks.AxiKilohertz, array, 3, 4));
        Assert.Empty(Violations(design with { Clocks = clocks with { CrossingDepth = (int)needed } }));
        Violation violation = Assert.Single(Violations(design with { Clocks = clocks with { CrossingDepth = (int)needed - 1 } }));
        Assert.Equal("clocks.crossingDepth", violation.Place);
        Assert.Contains($"{needed} beats", violation.Rule, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Violation> Violations(AcceleratorDesign design) => DesignRules.Check(design, "test");

    /// <summary>In the steady state the slower end moves a beat at every one of its edges.</summary>
    private static bool FullRate(long source, long destination, int depth, int k, int m)
    {
        Simulation simulation = new(new TimeBase(source, destination));
        ClockDomain from = simulation.AddClock("source", source);
        ClockDomain to = simulation.AddClock("destination", destination);
        CrossingChannel<int> channel = new(simulation, "crossing", depth, from, to, k, m);
        ScriptComponent producer = new("producer", from);
        ScriptComponent consumer = new("consumer", to);
        channel.ConnectProducer(producer);
        channel.ConnectConsumer(consumer);
        List<long> pushes = [];
        List<long> pops = [];
        producer.Script = cycle =>
        {
            if (channel.CanPush)
            {
                channel.Push(0);
                pushes.Add(cycle);
            }

            return true;
        };
        consumer.Script = cycle =>
        {
            if (channel.CanPop)
            {
                channel.Pop();
                pops.Add(cycle);
            }

            return true;
        };
        (List<long> slow, ClockDomain clock) = source < destination ? (pushes, from) : (pops, to);
        simulation.RunUntil(650 * clock.Period);
        return slow.Count(c => c is > 100 and <= 600) == 500;
    }
}
