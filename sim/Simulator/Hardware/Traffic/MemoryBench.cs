using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Traffic;

/// <summary>The memory alone, driven by requests: ports, switch, controllers and DRAM, without an accelerator. Data are not carried.</summary>
public sealed class MemoryBench
{
    private readonly List<TrafficPort> ports = [];
    private readonly Simulation simulation;

    /// <param name="design">Memory and path; of its clocks only the AXI clock and the crossings count.</param>
    /// <param name="traffic">Ports in use, each once.</param>
    /// <param name="pseudoChannels">Pseudo-channels that the requests of a port without its own list reach.</param>
    /// <param name="portKilohertz">Clock of the ports; the AXI clock where they need no crossing.</param>
    /// <param name="observer">Told every completed request; may be null.</param>
    /// <param name="options">Ways of running.</param>
    /// <param name="straightWays">As of <see cref="HbmMemory"/>.</param>
    public MemoryBench(
        AcceleratorDesign design,
        IReadOnlyList<PortTraffic> traffic,
        IEnumerable<int> pseudoChannels,
        long portKilohertz,
        IRequestObserver? observer = null,
        SimulationOptions? options = null,
        bool straightWays = true)
    {
        long axi = design.Clocks.AxiKilohertz;
        simulation = new Simulation(new TimeBase(portKilohertz, axi), options);
        AxiClock = simulation.AddClock("axi", axi);
        PortClock = portKilohertz == axi ? AxiClock : simulation.AddClock("port", portKilohertz);
        int[] all = [.. pseudoChannels];
        (int, int)[] routes = [.. traffic.SelectMany(t => (t.PseudoChannels ?? all).Select(p => (t.Port, p)))];
        Memory = new HbmMemory(simulation, AxiClock, design, routes, image: null, straightWays);
        foreach (PortTraffic port in traffic)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"traffic.p{port.Port:00}");
            ports.Add(new TrafficPort(name, PortClock, design.Axi, port, Entrance(design.Clocks, name, port.Port), observer));
        }
    }

    public Simulation Simulation => simulation;

    public ClockDomain AxiClock { get; }

    /// <summary>Clock that requests, offers and completions are counted in.</summary>
    public ClockDomain PortClock { get; }

    public HbmMemory Memory { get; }

    public IReadOnlyList<TrafficPort> Ports => ports;

    /// <summary>Requests completed.</summary>
    public long Completed => ports.Sum(p => p.Completed);

    /// <summary>AXI cycles from the first offer to the last completion, rounded up; 0 if nothing was completed.</summary>
    public long Cycles
    {
        get
        {
            TrafficPort[] used = [.. ports.Where(p => p.Completed > 0)];
            if (used.Length == 0)
            {
                return 0;
            }

            long ticks = (used.Max(p => p.LastCompletion) - used.Min(p => p.FirstOffer)) * PortClock.Period;
            return (ticks + AxiClock.Period - 1) / AxiClock.Period;
        }
    }

    /// <summary>Runs to the end of all sources; when cancelled, what was completed until then stands.</summary>
    public void Run(CancellationToken cancellation = default)
    {
        simulation.Run(cancellation);
        Memory.SettleRefresh(simulation.Now / AxiClock.Period);
    }

    private AxiLink Entrance(ClockDesign clocks, string name, int port)
    {
        AxiLink inside = Memory.Port(port);
        if (PortClock == AxiClock)
        {
            return inside;
        }

        var outside = new AxiLink(simulation, $"{name}.link");
        var crossing = new AxiPort(simulation, $"{name}.crossing", clocks, PortClock, AxiClock);
        _ = new AxiPortBridge($"{name}.bridge", PortClock, outside, crossing);
        _ = new AxiClockConverter($"{name}.converter", AxiClock, crossing, inside);
        return outside;
    }
}
