using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>
/// Joins several AXI ports on one: one request per cycle, read or write, round-robin over ports and directions. The identifier of a
/// request is its port, which brings data and responses back; write data follow in the order of their requests.
/// </summary>
public sealed class AxiArbiter : Component
{
    private readonly AxiPort[] ports;
    private readonly AxiLink memory;
    private readonly Queue<int> writers = new();
    private int turn;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="ports">Ports that share.</param>
    /// <param name="memory">Link of the port they share.</param>
    public AxiArbiter(string name, ClockDomain clock, AxiPort[] ports, AxiLink memory)
        : base(name, clock)
    {
        this.ports = ports;
        this.memory = memory;
        memory.ConnectMaster(this);
        foreach (AxiPort port in ports)
        {
            port.ReadAddress.ConnectConsumer(this);
            port.WriteAddress.ConnectConsumer(this);
            port.WriteData.ConnectConsumer(this);
            port.ReadData.ConnectProducer(this);
            port.WriteResponse.ConnectProducer(this);
        }
    }

    public override bool HoldsWork => writers.Count > 0;

    public override bool Tick(long cycle)
    {
        ReturnRead();
        ReturnResponse();
        ForwardData();
        ForwardRequest();
        return MoreNext();
    }

    /// <summary>Only what can be seen on this side of a crossing counts: the other side's pushes do not wake.</summary>
    public override Activity Classify(long cycle)
    {
        bool sees = HoldsWork || memory.ReadData.CanPop || memory.WriteResponse.CanPop;
        foreach (AxiPort port in ports)
        {
            sees |= port.ReadAddress.CanPop || port.WriteAddress.CanPop || port.WriteData.CanPop;
        }

        return sees ? Activity.Busy : Activity.Starved(0);
    }

    /// <summary>Whether any beat can move at the next edge if nothing else happens.</summary>
    private bool MoreNext()
    {
        bool more = memory.ReadData.HasBeatNext || memory.WriteResponse.HasBeatNext;
        foreach (AxiPort port in ports)
        {
            more |= port.ReadAddress.HasBeatNext || port.WriteAddress.HasBeatNext || port.WriteData.HasBeatNext;
        }

        return more;
    }

    private void ForwardRequest()
    {
        for (int i = 0; i < 2 * ports.Length; i++)
        {
            int candidate = (turn + i) % (2 * ports.Length);
            if (candidate % 2 == 0 ? Read(candidate / 2) : Write(candidate / 2))
            {
                turn = candidate + 1;
                return;
            }
        }
    }

    private bool Read(int port)
    {
        if (!ports[port].ReadAddress.CanPop || !memory.ReadAddress.CanPush)
        {
            return false;
        }

        memory.ReadAddress.Push(ports[port].ReadAddress.Pop() with { Id = port });
        return true;
    }

    private bool Write(int port)
    {
        if (!ports[port].WriteAddress.CanPop || !memory.WriteAddress.CanPush)
        {
            return false;
        }

        memory.WriteAddress.Push(ports[port].WriteAddress.Pop() with { Id = port });
        writers.Enqueue(port);
        return true;
    }

    private void ForwardData()
    {
        if (writers.Count == 0 || !ports[writers.Peek()].WriteData.CanPop || !memory.WriteData.CanPush)
        {
            return;
        }

        WriteDataBeat beat = ports[writers.Peek()].WriteData.Pop();
        memory.WriteData.Push(beat);
        if (beat.Last)
        {
            writers.Dequeue();
        }
    }

    private void ReturnRead()
    {
        if (memory.ReadData.CanPop && ports[memory.ReadData.Head.Id].ReadData.CanPush)
        {
            ref readonly ReadDataBeat beat = ref memory.ReadData.Pop();
            ports[beat.Id].ReadData.Push(new ReadDataBeat(0, beat.Data, beat.Last, beat.Port));
        }
    }

    private void ReturnResponse()
    {
        if (memory.WriteResponse.CanPop && ports[memory.WriteResponse.Head.Id].WriteResponse.CanPush)
        {
            WriteResponseBeat beat = memory.WriteResponse.Pop();
            ports[beat.Id].WriteResponse.Push(beat with { Id = 0 });
        }
    }
}
