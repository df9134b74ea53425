using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Tests.Contracts;

/// <summary>Passes reads from one port to another, and may do one wrong thing to the beats on their way back.</summary>
internal sealed class FaultyWire : Component
{
    public const int At = 37;
    private readonly AxiPort from;
    private readonly AxiPort to;
    private readonly WireFault fault;
    private readonly Queue<ReadDataBeat> waiting = new();
    private int beats;

    public FaultyWire(ClockDomain clock, AxiPort from, AxiPort to, WireFault fault)
        : base("wire", clock)
    {
        this.from = from;
        this.to = to;
        this.fault = fault;
        from.ReadAddress.ConnectConsumer(this);
        from.ReadData.ConnectProducer(this);
        to.ReadAddress.ConnectProducer(this);
        to.ReadData.ConnectConsumer(this);
    }

    public override bool HoldsWork => waiting.Count > 0;

    public override bool Tick(long cycle)
    {
        if (from.ReadAddress.CanPop && to.ReadAddress.CanPush)
        {
            to.ReadAddress.Push(from.ReadAddress.Pop());
        }

        if (to.ReadData.CanPop)
        {
            Take(to.ReadData.Pop());
        }

        // A swap holds one beat back until the next has come.
        bool swapping = fault == WireFault.SwappedBeats && beats == At + 1 && waiting.Count == 1;
        if (waiting.Count > 0 && !swapping && from.ReadData.CanPush)
        {
            from.ReadData.Push(waiting.Dequeue());
        }

        return waiting.Count > 0 || to.ReadData.HasBeatNext || from.ReadAddress.HasBeatNext;
    }

    private void Take(ReadDataBeat beat)
    {
        bool here = beats == At;
        bool after = beats == At + 1;
        beats++;
        if (here && fault == WireFault.DroppedBeat)
        {
            return;
        }

        if (after && fault == WireFault.SwappedBeats && waiting.Count > 0)
        {
            ReadDataBeat first = waiting.Dequeue();
            waiting.Enqueue(beat with { Last = first.Last });
            waiting.Enqueue(first with { Last = beat.Last });
            return;
        }

        waiting.Enqueue(here && fault == WireFault.FlippedBit ? beat with { Data = beat.Data with { W2 = beat.Data.W2 ^ (1UL << 17) } } : beat);
        if (here && fault == WireFault.DoubledBeat)
        {
            waiting.Enqueue(beat);
        }
    }
}
