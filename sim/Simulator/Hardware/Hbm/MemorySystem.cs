using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>The pseudo-channels in use: a controller each, behind an arbiter where several streams share one.</summary>
internal sealed class MemorySystem(Simulation simulation, ClockDomain clock, AcceleratorDesign design, bool shared)
{
    private readonly List<(string Name, int PseudoChannel, AxiPort Port)> streams = [];
    private readonly List<HbmController> controllers = [];

    /// <summary>Contents behind all controllers.</summary>
    public HbmImage Image { get; } = new();

    public IReadOnlyList<HbmController> Controllers => controllers;

    /// <summary>Adds a stream; without sharing its controller is built at once.</summary>
    public void Connect(string name, int pseudoChannel, AxiPort port)
    {
        if (shared)
        {
            streams.Add((name, pseudoChannel, port));
        }
        else
        {
            controllers.Add(new HbmController(name, clock, design, pseudoChannel, port, Image));
        }
    }

    /// <summary>Builds the controllers of a shared memory, by pseudo-channel.</summary>
    public void Build()
    {
        foreach (IGrouping<int, (string Name, int PseudoChannel, AxiPort Port)> group in streams.GroupBy(s => s.PseudoChannel).OrderBy(g => g.Key))
        {
            (string Name, int PseudoChannel, AxiPort Port)[] users = [.. group];
            if (users.Length == 1)
            {
                controllers.Add(new HbmController(users[0].Name, clock, design, group.Key, users[0].Port, Image));
                continue;
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"hbm.pc{group.Key:00}");

            // The slice between arbiter and controller: both on the AXI clock, two edges each way.
            ClockDesign slice = design.Clocks with { CrossingForwardEdges = 2, CrossingBackwardEdges = 2 };
            AxiPort memory = new(simulation, $"{name}.shared", slice, clock, clock);
            _ = new AxiArbiter($"{name}.arbiter", clock, [.. users.Select(u => u.Port)], memory);
            controllers.Add(new HbmController(name, clock, design, group.Key, memory, Image));
        }
    }
}
