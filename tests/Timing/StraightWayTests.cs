using System.Globalization;
using System.Text.Json;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Kernel;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Kernel.Parts;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>A controller that moves the switch stage of its port against the switch as a component: every edge of every beat is the same.</summary>
public sealed class StraightWayTests
{
    private const int Requests = 400;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    /// <summary>Reads and writes of one port, with a master that takes at once or stalls until everything behind it is full.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_command_and_every_beat_of_a_port_comes_at_the_same_time(int seed)
    {
        RandomTraffic traffic = new(seed, switched: true);
        MemoryRig straight = traffic.Rig(), switched = traffic.Rig(straightWays: false);
        straight.Simulation.Run();
        switched.Simulation.Run();
        Assert.Empty(straight.Memory.Switch!.Switches);
        Assert.Single(switched.Memory.Switch!.Switches);
        Assert.NotEmpty(straight.Log.Commands);
        Assert.Equal(switched.Log.Commands, straight.Log.Commands);
        Assert.Equal(switched.Master.Read, straight.Master.Read);
        Assert.All(
            [(switched.Addresses, straight.Addresses), (switched.Data, straight.Data), (switched.WriteAddresses, straight.WriteAddresses), (switched.WriteData, straight.WriteData), (switched.Responses, straight.Responses)],
            pair =>
            {
                Assert.Equal(pair.Item1.Pushes, pair.Item2.Pushes);
                Assert.Equal(pair.Item1.Pops, pair.Item2.Pops);
            });
    }

    /// <summary>Straight ways beside ports that share pseudo-channels, in the same mini-switches and controllers.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_request_completes_at_the_same_cycle_beside_ports_that_contend(int seed)
    {
        string straight = Completions(seed, straightWays: true, out int few);
        Assert.Equal(Completions(seed, straightWays: false, out int all), straight);
        Assert.True(few < all, $"{few} of {all} mini-switches");
    }

    /// <summary>As at the switch: data without an address are not polled for; the run ends and names what holds them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Data_without_an_address_wait_asleep(bool straightWays)
    {
        AcceleratorDesign d = Designs.Reference();
        Simulation simulation = new(new TimeBase(d.Clocks.AxiKilohertz), new SimulationOptions(WatchdogEdges: 50));
        ClockDomain clock = simulation.AddClock("axi", d.Clocks.AxiKilohertz);
        AxiLink link = new HbmMemory(simulation, clock, d, [(0, 0)], null, straightWays).Port(0);
        ScriptComponent master = new("master", clock) { Script = cycle => Push(link, cycle) };
        link.ConnectMaster(master);
        DeadlockException end = Assert.Throws<DeadlockException>(() => simulation.Run());
        Assert.False(end.Livelock, end.Message);
        Assert.Contains($"{link.Name}.w", end.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0-0 1-1 5-6", "0-0 1-1 6-5")] // pseudo-channel-port
    [InlineData("0-0 0-1", "")]
    [InlineData("0-2 1-2", "")]
    [InlineData("3-4", "")] // of the next mini-switch
    [InlineData("0-0 0-0 2-1 3-1", "0-0")]
    public void Only_ways_that_nothing_else_uses_inside_one_mini_switch_are_straight(string routes, string expected)
    {
        Dictionary<int, int> ways = StraightWay.Of(routes.Split(' ').Select(r => r.Split('-')).Select(r => (int.Parse(r[0], CultureInfo.InvariantCulture), int.Parse(r[1], CultureInfo.InvariantCulture))));
        Assert.Equal(expected, string.Join(' ', ways.OrderBy(w => w.Value).Select(w => $"{w.Key}-{w.Value}")));
    }

    /// <summary>A port that was said to reach one pseudo-channel asks for the next one, which another port has to itself.</summary>
    [Fact]
    public void An_address_of_another_pseudo_channel_is_a_model_error()
    {
        AcceleratorDesign d = Designs.Reference();
        PortTraffic[] ports = [Port(0, 1L << 28), Port(1, 1L << 28)];
        MemoryBench bench = new(d, ports, [], d.Clocks.AxiKilohertz);
        ModelException error = Assert.Throws<ModelException>(() => bench.Run());
        Assert.Contains("0x10000000 of port 0 came to pseudo-channel 0", error.Message, StringComparison.Ordinal);

        static PortTraffic Port(int port, long address) => new(port, new ListedRequests([new MemoryRequest(0, address, 32, false)], timed: false), PseudoChannels: [port]);
    }

    private static bool Push(AxiLink link, long cycle)
    {
        if (cycle == 0)
        {
            link.WriteData.Push(new WriteDataBeat(default, uint.MaxValue, true));
        }

        return false;
    }

    private static string Completions(int seed, bool straightWays, out int switches)
    {
        Random random = new(seed);
        AcceleratorDesign d = RandomDesigns.Of(seed);
        d = d with { Axi = d.Axi with { SwitchOn = true } };
        PortTraffic[] ports =
        [
            Port(random, 0, [1]), Port(random, 1, [2]), Port(random, 2, [0, 3]), Port(random, 3, [3, 5]), // mini-switch 0: two straight, two that share and leave
            Port(random, 4, [4]), Port(random, 12, [12]), Port(random, 13, [13]), // alone in 3: no mini-switch is left there
        ];
        CompletionLog log = new();
        MemoryBench bench = new(d, ports, [], seed % 3 == 0 ? 300_000 : d.Clocks.AxiKilohertz, log, straightWays: straightWays);
        bench.Run();
        switches = bench.Memory.Switch!.Switches.Count;
        return string.Join('\n', [
            .. log.All.OrderBy(c => (c.Port, c.Number)).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Port} {c.Number} {c.Offered} {c.Completed}")),
            .. bench.Memory.PseudoChannels.Select(p => JsonSerializer.Serialize(bench.Memory.Statistics(p))),
        ]);
    }

    private static PortTraffic Port(Random random, int port, int[] pseudoChannels)
    {
        bool timed = random.Next(2) == 0;
        int longest = 1 << random.Next(5, 10);
        long cycle = 0;
        List<MemoryRequest> requests = [];
        for (int i = 0; i < Requests; i++)
        {
            cycle += random.Next(20) == 0 ? random.Next(5000) : random.Next(6);
            long address = ((long)pseudoChannels[random.Next(pseudoChannels.Length)] << 28) + random.Next(1 << random.Next(10, 27));
            requests.Add(new MemoryRequest(cycle, address, random.Next(1, longest), random.Next(3) == 0));
        }

        return new PortTraffic(port, new ListedRequests(requests, timed), random.Next(0, 40), random.Next(1, 65), pseudoChannels);
    }
}
