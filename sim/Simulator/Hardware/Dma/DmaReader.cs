using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Dma;

/// <summary>Reads descriptors' ranges over one AXI port in bursts and hands the beats, in order, to the output each names.</summary>
public sealed class DmaReader : Component
{
    private readonly Channel<LoadCommand> commands;
    private readonly AxiPort port;
    private readonly Channel<Beat256>[] outputs;
    private readonly BurstSplitter splitter;
    private readonly Queue<(int Output, int Beats)> deliveries = new();
    private readonly int maxBursts;
    private int burstsOutstanding;
    private int delivered;

    public DmaReader(
        string name, ClockDomain clock, DmaDesign design, Channel<LoadCommand> commands, AxiPort port, params Channel<Beat256>[] outputs)
        : base(name, clock)
    {
        this.commands = commands;
        this.port = port;
        this.outputs = outputs;
        maxBursts = design.OutstandingReads;
        splitter = new BurstSplitter(design.MaxBurstBeats);
        commands.ConnectConsumer(this);
        port.ReadData.ConnectConsumer(this);
        port.ReadAddress.ConnectProducer(this);
        foreach (Channel<Beat256> output in outputs)
        {
            output.ConnectProducer(this);
        }
    }

    public override bool HoldsWork => splitter.Active || deliveries.Count > 0;

    public override bool Tick(long cycle)
    {
        Deliver(cycle);
        if (splitter.Active && burstsOutstanding < maxBursts && port.ReadAddress.CanPush)
        {
            int beats = splitter.Beats;
            port.ReadAddress.Push(new ReadAddressBeat(0, splitter.Take(), beats));
            burstsOutstanding++;
        }

        if (!splitter.Active && commands.CanPop)
        {
            LoadCommand command = commands.Pop();
            splitter.Begin(command.Address, command.Beats);
            deliveries.Enqueue((command.Output, command.Beats));
        }

        return (splitter.Active && burstsOutstanding < maxBursts && port.ReadAddress.HasSpaceNext)
            || (!splitter.Active && commands.HasBeatNext)
            || (port.ReadData.HasBeatNext && (deliveries.Count == 0 || outputs[deliveries.Peek().Output].HasSpaceNext));
    }

    public override Activity Classify(long cycle)
    {
        if (deliveries.Count == 0)
        {
            return Awaiting(0);
        }

        if (port.ReadData.CanPop)
        {
            int output = deliveries.Peek().Output;
            return outputs[output].Count == outputs[output].Depth ? Activity.BackPressured(1 + output) : Activity.Busy;
        }

        return Activity.Memory;
    }

    private void Deliver(long cycle)
    {
        if (!port.ReadData.CanPop)
        {
            return;
        }

        if (deliveries.Count == 0)
        {
            throw new ModelException(this, cycle, port.ReadData, "a beat arrives that no command asked for");
        }

        (int output, int beats) = deliveries.Peek();
        if (!outputs[output].CanPush)
        {
            return;
        }

        ReadDataBeat beat = port.ReadData.Pop();
        outputs[output].Push(beat.Data);
        burstsOutstanding -= beat.Last ? 1 : 0;
        if (++delivered == beats)
        {
            delivered = 0;
            deliveries.Dequeue();
        }
    }
}
