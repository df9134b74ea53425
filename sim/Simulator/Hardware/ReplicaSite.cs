using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware;

/// <summary>Where a replica is built: the simulation, its clocks and memory, which replicas share, and the prefix of its names.</summary>
/// <param name="Simulation">Simulation of all replicas.</param>
/// <param name="ArrayClock">Clock of the arrays.</param>
/// <param name="AxiClock">Clock of ports and controllers.</param>
/// <param name="Memory">Pseudo-channels.</param>
/// <param name="Prefix">Leads the name of every component and channel; empty for a single machine.</param>
internal sealed record ReplicaSite(Simulation Simulation, ClockDomain ArrayClock, ClockDomain AxiClock, MemorySystem Memory, string Prefix)
{
    /// <param name="design">Clocks and memory.</param>
    /// <param name="options">Ways of running.</param>
    public static ReplicaSite Create(AcceleratorDesign design, SimulationOptions? options)
    {
        ClockDesign clocks = design.Clocks;
        Simulation simulation = new(new TimeBase(clocks.ArrayKilohertz, clocks.AxiKilohertz), options);
        ClockDomain array = simulation.AddClock("array", clocks.ArrayKilohertz);
        ClockDomain axi = simulation.AddClock("axi", clocks.AxiKilohertz);
        return new ReplicaSite(simulation, array, axi, new MemorySystem(simulation, axi, design), "");
    }
}
