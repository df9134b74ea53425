using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>Port side of a clock crossing: a link in the port's clock on one side, the crossing on the other.</summary>
public sealed class AxiPortBridge : Component
{
    private readonly AxiLink link;
    private readonly AxiPort port;

    public AxiPortBridge(string name, ClockDomain clock, AxiLink link, AxiPort port)
        : base(name, clock)
    {
        this.link = link;
        this.port = port;
        link.ConnectSlave(this);
        port.ReadAddress.ConnectProducer(this);
        port.WriteAddress.ConnectProducer(this);
        port.WriteData.ConnectProducer(this);
        port.ReadData.ConnectConsumer(this);
        port.WriteResponse.ConnectConsumer(this);
    }

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        Forward();
        if (port.ReadData.CanPop && link.ReadData.CanPush)
        {
            link.ReadData.Push(port.ReadData.Pop());
        }

        if (port.WriteResponse.CanPop && link.WriteResponse.CanPush)
        {
            link.WriteResponse.Push(port.WriteResponse.Pop());
        }

        return link.ReadAddress.HasBeatNext || link.WriteAddress.HasBeatNext || link.WriteData.HasBeatNext
            || port.ReadData.HasBeatNext || port.WriteResponse.HasBeatNext;
    }

    public override Activity Classify(long cycle) =>
        link.ReadAddress.Count > 0 || link.WriteAddress.Count > 0 || link.WriteData.Count > 0 || port.ReadData.CanPop || port.WriteResponse.CanPop
            ? Activity.Busy
            : Activity.Starved(0);

    private void Forward()
    {
        if (link.ReadAddress.CanPop && port.ReadAddress.CanPush)
        {
            port.ReadAddress.Push(link.ReadAddress.Pop());
        }

        if (link.WriteAddress.CanPop && port.WriteAddress.CanPush)
        {
            port.WriteAddress.Push(link.WriteAddress.Pop());
        }

        if (link.WriteData.CanPop && port.WriteData.CanPush)
        {
            port.WriteData.Push(link.WriteData.Pop());
        }
    }
}
