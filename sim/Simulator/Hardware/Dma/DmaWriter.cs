using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Control;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Dma;

/// <summary>Writes each frame's class and scores as int64 words and reports when the memory has acknowledged every burst.</summary>
public sealed class DmaWriter : Component
{
    private readonly Channel<StoreCommand> commands;
    private readonly Channel<ScoreBeat> scores;
    private readonly AxiPort port;
    private readonly Channel<Completion> done;
    private readonly BurstSplitter splitter;
    private readonly Queue<int> burstsOfStore = new();
    private readonly int maxBursts;
    private ScoreBeat result;
    private int beat;
    private int burstBeatsLeft;
    private int burstsOutstanding;
    private int burstsIssued;
    private int acknowledged;
    private bool active;

    public DmaWriter(
        string name,
        ClockDomain clock,
        DmaDesign design,
        Channel<StoreCommand> commands,
        Channel<ScoreBeat> scores,
        AxiPort port,
        Channel<Completion> done)
        : base(name, clock)
    {
        this.commands = commands;
        this.scores = scores;
        this.port = port;
        this.done = done;
        maxBursts = design.OutstandingWrites;
        splitter = new BurstSplitter(design.MaxBurstBeats);
        commands.ConnectConsumer(this);
        scores.ConnectConsumer(this);
        port.WriteResponse.ConnectConsumer(this);
        port.WriteAddress.ConnectProducer(this);
        port.WriteData.ConnectProducer(this);
        done.ConnectProducer(this);
    }

    public override bool HoldsWork => active || burstsOfStore.Count > 0;

    private bool CanWriteNext => burstBeatsLeft > 0
        ? port.WriteData.HasSpaceNext
        : burstsOutstanding < maxBursts && port.WriteAddress.HasSpaceNext;

    private int ResultBeats => ((8 * (1 + result.Scores.Length)) + Beat256.Bytes - 1) / Beat256.Bytes;

    public override bool Tick(long cycle)
    {
        Acknowledge();
        WriteData();
        Address();
        Begin();
        return (port.WriteResponse.HasBeatNext && done.HasSpaceNext) || (active ? CanWriteNext : commands.HasBeatNext && scores.HasBeatNext);
    }

    public override Activity Classify(long cycle)
    {
        if (active)
        {
            return Activity.Busy;
        }

        return burstsOfStore.Count > 0 ? Activity.Memory : Awaiting(commands.Count == 0 ? 0 : 1);
    }

    private void Acknowledge()
    {
        if (!port.WriteResponse.CanPop || !done.CanPush)
        {
            return;
        }

        port.WriteResponse.Pop();
        burstsOutstanding--;

        // The oldest store may still be writing: its responses count before its number of bursts is known.
        acknowledged++;
        if (burstsOfStore.Count > 0 && acknowledged == burstsOfStore.Peek())
        {
            acknowledged = 0;
            burstsOfStore.Dequeue();
            done.Push(default);
        }
    }

    private void WriteData()
    {
        if (burstBeatsLeft == 0 || !port.WriteData.CanPush)
        {
            return;
        }

        burstBeatsLeft--;
        port.WriteData.Push(new WriteDataBeat(Pack(beat++), uint.MaxValue, burstBeatsLeft == 0));
        if (burstBeatsLeft == 0 && !splitter.Active)
        {
            burstsOfStore.Enqueue(burstsIssued);
            active = false;
        }
    }

    private void Address()
    {
        if (active && burstBeatsLeft == 0 && burstsOutstanding < maxBursts && port.WriteAddress.CanPush)
        {
            burstBeatsLeft = splitter.Beats;
            port.WriteAddress.Push(new WriteAddressBeat(0, splitter.Take(), burstBeatsLeft));
            burstsOutstanding++;
            burstsIssued++;
        }
    }

    private void Begin()
    {
        if (!active && commands.CanPop && scores.CanPop)
        {
            active = true;
            result = scores.Pop();
            beat = 0;
            burstsIssued = 0;
            splitter.Begin(commands.Pop().Address, ResultBeats);
        }
    }

    private Beat256 Pack(int index)
    {
        ulong Word(int i) => i == 0 ? (ulong)result.Class : i <= result.Scores.Length ? (ulong)result.Scores[i - 1] : 0;
        int first = index * 4;
        return new Beat256(Word(first), Word(first + 1), Word(first + 2), Word(first + 3));
    }
}
