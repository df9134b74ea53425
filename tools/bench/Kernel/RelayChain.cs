using BcnnSim.Kernel;

namespace BcnnSim.Bench.Kernel;

/// <summary>A source, relays and a sink in a row: every channel moves a beat per cycle when busy.</summary>
internal sealed class RelayChain
{
    public const long Kilohertz = 300_000;

    public RelayChain(int components, long beats, long gap = 1, SimulationOptions? options = null, int clocks = 1)
    {
        Simulation = new Simulation(clocks == 1 ? new TimeBase(Kilohertz) : new TimeBase(Kilohertz, 450_000), options);
        ClockDomain clock = Simulation.AddClock("array", Kilohertz);
        if (clocks > 1)
        {
            Simulation.AddClock("axi", 450_000);
        }

        Beats = beats;
        Hops = beats * (components - 1);
        Channel<long> channel = new(Simulation, "c0", 2);
        _ = new RelaySource("source", clock, channel, beats, gap);
        for (int i = 1; i < components - 1; i++)
        {
            Channel<long> next = new(Simulation, $"c{i}", 2);
            _ = new Relay($"relay{i}", clock, channel, next);
            channel = next;
        }

        Sink = new RelaySink("sink", clock, channel);
    }

    public Simulation Simulation { get; }

    public RelaySink Sink { get; }

    public long Beats { get; }

    /// <summary>Channel transfers of the whole run.</summary>
    public long Hops { get; }

    public void Run()
    {
        Simulation.Run();
        if (Sink.Taken != Beats)
        {
            throw new InvalidOperationException($"{Sink.Taken} of {Beats} beats arrived");
        }
    }
}
