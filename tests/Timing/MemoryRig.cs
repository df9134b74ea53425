using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;

namespace BcnnSim.Tests.Timing;

/// <summary>A master and one AXI port of the memory: no machine around them.</summary>
internal sealed class MemoryRig
{
    public MemoryRig(
        AcceleratorDesign design, IEnumerable<MasterBurst> requests, int pseudoChannel = 0, SimulationOptions? options = null, Func<long, bool>? mayTake = null,
        bool straightWays = true)
    {
        ClockDesign clocks = design.Clocks;
        Simulation = new Simulation(new TimeBase(clocks.ArrayKilohertz, clocks.AxiKilohertz), options);
        ArrayClock = Simulation.AddClock("array", clocks.ArrayKilohertz);
        AxiClock = Simulation.AddClock("axi", clocks.AxiKilohertz);
        Port = new AxiPort(Simulation, "axi", clocks, ArrayClock, AxiClock);
        Memory = new HbmMemory(Simulation, AxiClock, design, [(pseudoChannel, pseudoChannel)], Image, straightWays);
        AxiLink link = Memory.Port(pseudoChannel);
        _ = new AxiClockConverter("converter", AxiClock, Port, link);
        Controller = Memory.Controller(pseudoChannel);
        Controller.Observe(pseudoChannel, Log);
        Statistics = Controller.Statistics(pseudoChannel);
        Base = (long)pseudoChannel << 28;
        Master = new MemoryMaster("master", ArrayClock, Port, requests.Select(r => r with { Address = Base + r.Address }), mayTake);
        link.ReadAddress.Attach(Addresses);
        link.ReadData.Attach(Data);
        link.WriteAddress.Attach(WriteAddresses);
        link.WriteData.Attach(WriteData);
        link.WriteResponse.Attach(Responses);
    }

    public Simulation Simulation { get; }

    public ClockDomain ArrayClock { get; }

    public ClockDomain AxiClock { get; }

    public AxiPort Port { get; }

    public HbmImage Image { get; } = new();

    /// <summary>First byte of the pseudo-channel; requests are relative to it.</summary>
    public long Base { get; }

    public HbmMemory Memory { get; }

    public HbmController Controller { get; }

    public HbmStatistics Statistics { get; }

    public MemoryMaster Master { get; }

    public CommandLog Log { get; } = new();

    public CommitTimes Addresses { get; } = new();

    public CommitTimes Data { get; } = new();

    public CommitTimes WriteAddresses { get; } = new();

    public CommitTimes WriteData { get; } = new();

    public CommitTimes Responses { get; } = new();

    /// <summary>AXI cycles at the port of the memory from the offer of an address to the taking of the first beat, per single-beat read.</summary>
    public IEnumerable<long> ReadLatencies() => Data.Pops.Zip(Addresses.Pushes, (data, address) => (data - address) / AxiClock.Period);
}
