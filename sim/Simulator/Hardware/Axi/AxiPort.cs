using BcnnSim.Design;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>The five channels of one AXI master port, from the array clock to the AXI clock and back.</summary>
public sealed class AxiPort
{
    public AxiPort(Simulation simulation, string name, ClockDesign design, ClockDomain master, ClockDomain memory)
    {
        CrossingChannel<T> Forward<T>(string suffix)
            where T : struct => new(
                simulation, $"{name}.{suffix}", design.CrossingDepth, master, memory, design.CrossingForwardEdges, design.CrossingBackwardEdges);
        CrossingChannel<T> Backward<T>(string suffix)
            where T : struct => new(
                simulation, $"{name}.{suffix}", design.CrossingDepth, memory, master, design.CrossingForwardEdges, design.CrossingBackwardEdges);

        Name = name;
        ReadAddress = Forward<ReadAddressBeat>("ar");
        ReadData = Backward<ReadDataBeat>("r");
        WriteAddress = Forward<WriteAddressBeat>("aw");
        WriteData = Forward<WriteDataBeat>("w");
        WriteResponse = Backward<WriteResponseBeat>("b");
    }

    public string Name { get; }

    public CrossingChannel<ReadAddressBeat> ReadAddress { get; }

    public CrossingChannel<ReadDataBeat> ReadData { get; }

    public CrossingChannel<WriteAddressBeat> WriteAddress { get; }

    public CrossingChannel<WriteDataBeat> WriteData { get; }

    public CrossingChannel<WriteResponseBeat> WriteResponse { get; }
}
