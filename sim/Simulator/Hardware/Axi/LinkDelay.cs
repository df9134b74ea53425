using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Axi;

/// <summary>Register stages on a lateral link, beyond the one of a channel: the boundary between the stacks. Full rate.</summary>
public sealed class LinkDelay : Component
{
    private readonly AxiLink from;
    private readonly AxiLink to;
    private readonly DelayLine<ReadAddressBeat> readAddress;
    private readonly DelayLine<WriteAddressBeat> writeAddress;
    private readonly DelayLine<WriteDataBeat> writeData;
    private readonly DelayLine<ReadDataBeat> readData;
    private readonly DelayLine<WriteResponseBeat> response;

    /// <param name="name">Dotted name.</param>
    /// <param name="clock">AXI clock.</param>
    /// <param name="from">Link towards the side that asks.</param>
    /// <param name="to">Link towards the side that answers.</param>
    /// <param name="cycles">Cycles a beat spends inside, each way.</param>
    public LinkDelay(string name, ClockDomain clock, AxiLink from, AxiLink to, int cycles)
        : base(name, clock)
    {
        this.from = from;
        this.to = to;
        readAddress = new(cycles, cycles + 1);
        writeAddress = new(cycles, cycles + 1);
        writeData = new(cycles, cycles + 1);
        readData = new(cycles, cycles + 1);
        response = new(cycles, cycles + 1);
        from.ConnectSlave(this);
        to.ConnectMaster(this);
    }

    public override bool HoldsWork => Inside > 0;

    private int Inside => readAddress.Count + writeAddress.Count + writeData.Count + readData.Count + response.Count;

    public override bool Tick(long cycle)
    {
        Move(from.ReadAddress, readAddress, to.ReadAddress, cycle);
        Move(from.WriteAddress, writeAddress, to.WriteAddress, cycle);
        Move(from.WriteData, writeData, to.WriteData, cycle);
        Move(to.ReadData, readData, from.ReadData, cycle);
        Move(to.WriteResponse, response, from.WriteResponse, cycle);
        return Inside > 0 || from.ReadAddress.HasBeatNext || from.WriteAddress.HasBeatNext || from.WriteData.HasBeatNext
            || to.ReadData.HasBeatNext || to.WriteResponse.HasBeatNext;
    }

    public override Activity Classify(long cycle)
    {
        int waiting = from.ReadAddress.Count + from.WriteAddress.Count + from.WriteData.Count + to.ReadData.Count + to.WriteResponse.Count;
        return Inside + waiting > 0 ? Activity.Busy : Activity.Starved(0);
    }

    private static void Move<T>(Channel<T> source, DelayLine<T> line, Channel<T> sink, long cycle)
        where T : struct
    {
        // In and out in one edge where the line has no stage: the beat enters first.
        if (source.CanPop && line.Count <= line.Latency)
        {
            line.Enter(source.Pop(), cycle);
        }

        if (line.NextDue <= cycle && sink.CanPush)
        {
            sink.Push(line.Leave());
        }
    }
}
