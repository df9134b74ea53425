using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>A master, one AXI port and one memory controller: no machine around them.</summary>
internal sealed class MemoryRig
{
    public MemoryRig(
        AcceleratorDesign design, IEnumerable<MemoryRequest> requests, int pseudoChannel = 0, SimulationOptions? options = null, Func<long, bool>? mayTake = null)
    {
        ClockDesign clocks = design.Clocks;
        Simulation = new Simulation(new TimeBase(clocks.ArrayKilohertz, clocks.AxiKilohertz), options);
        ArrayClock = Simulation.AddClock("array", clocks.ArrayKilohertz);
        AxiClock = Simulation.AddClock("axi", clocks.AxiKilohertz);
        Port = new AxiPort(Simulation, "axi", clocks, ArrayClock, AxiClock);
        Controller = new HbmController("hbm", AxiClock, design, pseudoChannel, Port, Image);
        Controller.Observe(Log);
        Master = new MemoryMaster("master", ArrayClock, Port, requests, mayTake);
        Port.ReadAddress.Attach(Addresses);
        Port.ReadData.Attach(Data);
        Port.WriteAddress.Attach(WriteAddresses);
        Port.WriteResponse.Attach(Responses);
    }

    public Simulation Simulation { get; }

    public ClockDomain ArrayClock { get; }

    public ClockDomain AxiClock { get; }

    public AxiPort Port { get; }

    public HbmImage Image { get; } = new();

    public HbmController Controller { get; }

    public MemoryMaster Master { get; }

    public CommandLog Log { get; } = new();

    public CommitTimes Addresses { get; } = new();

    public CommitTimes Data { get; } = new();

    public CommitTimes WriteAddresses { get; } = new();

    public CommitTimes Responses { get; } = new();

    /// <summary>AXI cycles from the controller's taking of an address to its giving of the first beat, per single-beat read.</summary>
    public IEnumerable<long> ReadLatencies() => Data.Pushes.Zip(Addresses.Pops, (data, address) => (data - address) / AxiClock.Period);
}
