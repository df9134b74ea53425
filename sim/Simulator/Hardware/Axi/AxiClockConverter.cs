using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>
/// Stands between a port on another clock and the memory: takes what has crossed, one beat per channel and AXI cycle, and hands answers
/// back to the crossing. A port below 450 MHz is thereby capped at 32 bytes per cycle of its own clock.
/// </summary>
public sealed class AxiClockConverter : Component
{
    private readonly AxiPort port;
    private readonly AxiLink link;

    public AxiClockConverter(string name, ClockDomain clock, AxiPort port, AxiLink link)
        : base(name, clock)
    {
        this.port = port;
        this.link = link;
        port.ReadAddress.ConnectConsumer(this);
        port.WriteAddress.ConnectConsumer(this);
        port.WriteData.ConnectConsumer(this);
        port.ReadData.ConnectProducer(this);
        port.WriteResponse.ConnectProducer(this);
        link.ConnectMaster(this);
    }

    public override bool HoldsWork => false;

    public override bool Tick(long cycle)
    {
        if (link.ReadData.CanPop && port.ReadData.CanPush)
        {
            port.ReadData.Push(link.ReadData.Pop());
        }

        if (link.WriteResponse.CanPop && port.WriteResponse.CanPush)
        {
            port.WriteResponse.Push(link.WriteResponse.Pop());
        }

        Forward();
        return MoreNext();
    }

    /// <summary>Only what can be seen on this side of the crossing counts.</summary>
    public override Activity Classify(long cycle) =>
        port.ReadAddress.CanPop || port.WriteAddress.CanPop || port.WriteData.CanPop || link.ReadData.CanPop || link.WriteResponse.CanPop
            ? Activity.Busy
            : Activity.Starved(0);

    private void Forward()
    {
        if (port.ReadAddress.CanPop && link.ReadAddress.CanPush)
        {
            link.ReadAddress.Push(port.ReadAddress.Pop());
        }

        if (port.WriteAddress.CanPop && link.WriteAddress.CanPush)
        {
            link.WriteAddress.Push(port.WriteAddress.Pop());
        }

        if (port.WriteData.CanPop && link.WriteData.CanPush)
        {
            link.WriteData.Push(port.WriteData.Pop());
        }
    }

    private bool MoreNext() =>
        port.ReadAddress.HasBeatNext || port.WriteAddress.HasBeatNext || port.WriteData.HasBeatNext
        || link.ReadData.HasBeatNext || link.WriteResponse.HasBeatNext;
}
