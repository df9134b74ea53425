using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>The five channels of an AXI interface inside the AXI clock: a port of the memory, a lateral link, the way to a controller.</summary>
public sealed class AxiLink
{
    /// <summary>Two beats each: full rate through a registered handshake.</summary>
    private const int Depth = 2;

    public AxiLink(Simulation simulation, string name)
    {
        Name = name;
        ReadAddress = new(simulation, $"{name}.ar", Depth);
        ReadData = new(simulation, $"{name}.r", Depth);
        WriteAddress = new(simulation, $"{name}.aw", Depth);
        WriteData = new(simulation, $"{name}.w", Depth);
        WriteResponse = new(simulation, $"{name}.b", Depth);
    }

    public string Name { get; }

    public Channel<ReadAddressBeat> ReadAddress { get; }

    public Channel<ReadDataBeat> ReadData { get; }

    public Channel<WriteAddressBeat> WriteAddress { get; }

    public Channel<WriteDataBeat> WriteData { get; }

    public Channel<WriteResponseBeat> WriteResponse { get; }

    /// <summary>The side that asks: pushes addresses and data, takes answers.</summary>
    public void ConnectMaster(Component master)
    {
        ReadAddress.ConnectProducer(master);
        WriteAddress.ConnectProducer(master);
        WriteData.ConnectProducer(master);
        ReadData.ConnectConsumer(master);
        WriteResponse.ConnectConsumer(master);
    }

    /// <summary>The side that answers.</summary>
    public void ConnectSlave(Component slave)
    {
        ReadAddress.ConnectConsumer(slave);
        WriteAddress.ConnectConsumer(slave);
        WriteData.ConnectConsumer(slave);
        ReadData.ConnectProducer(slave);
        WriteResponse.ConnectProducer(slave);
    }
}
