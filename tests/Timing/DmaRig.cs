using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>Clocks, a port, a memory controller and an image for one DMA engine.</summary>
internal sealed class DmaRig
{
    public DmaRig(AcceleratorDesign design, SimulationOptions? options = null)
    {
        Design = design;
        Simulation = new Simulation(new TimeBase(design.Clocks.ArrayKilohertz, design.Clocks.AxiKilohertz), options);
        Array = Simulation.AddClock("array", design.Clocks.ArrayKilohertz);
        ClockDomain axi = Simulation.AddClock("axi", design.Clocks.AxiKilohertz);
        Port = new AxiPort(Simulation, "axi", design.Clocks, Array, axi);
        Memory = new HbmMemory(Simulation, axi, design, [(0, 0)], Image);
        _ = new AxiClockConverter("converter", axi, Port, Memory.Port(0));
    }

    public AcceleratorDesign Design { get; }

    public Simulation Simulation { get; }

    public ClockDomain Array { get; }

    public AxiPort Port { get; }

    public HbmImage Image { get; } = new();

    public HbmMemory Memory { get; }

    public Channel<T> Channel<T>(string name, int depth = 2)
        where T : struct => new(Simulation, name, depth);
}
