using BcnnSim.Kernel;
using BcnnSim.Tests.Timing;

namespace BcnnSim.Tests.Contracts;

/// <summary>A source, two relays of which both have one fault, and a sink that stalls now and then.</summary>
internal static class FaultyChain
{
    public const int Beats = 100;

    public static ContractSubject Create(ComponentFault fault, SimulationOptions options)
    {
        Simulation simulation = new(new TimeBase(1), options with { WatchdogEdges = 2000 });
        ClockDomain clock = simulation.AddClock("clock", 1);
        Channel<long>[] links = [.. Enumerable.Range(0, 3).Select(i => new Channel<long>(simulation, $"link{i}", 3))];
        long[] shared = new long[1];
        _ = new ListSource<long>("source", clock, links[0], Enumerable.Range(0, Beats).Select(static i => (long)i));
        _ = new FaultyRelay("first", clock, links[0], links[1], fault, shared);
        _ = new FaultyRelay("second", clock, links[1], links[2], fault, shared);

        // Popping 40 cycles late fills every link: relays sleep on full outputs, and wake beside several beats.
        ListSink<long> sink = new("sink", clock, links[2], static cycle => cycle is < 20 or > 60);
        return new ContractSubject(simulation, () => string.Join(' ', sink.Taken.Select(t => t.Beat)));
    }
}
