using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Controller of one pseudo-channel behind one AXI port, on the AXI clock (two DRAM clocks per cycle): in-order column commands,
/// open page, look-ahead precharge and activate, all-bank refresh computed lazily. The fixed path is split: half on the way in, the
/// rest on the way out.
/// </summary>
public sealed class HbmController : Component
{
    private readonly AxiPort port;
    private readonly HbmDesign design;
    private readonly HbmImage image;
    private readonly AddressMap map;
    private readonly PseudoChannel dram;
    private readonly RefreshTimer refresh;
    private readonly BurstQueue queue;
    private readonly DelayLine<ReadDataBeat> readReturn;
    private readonly DelayLine<WriteResponseBeat> writeReturn;
    private readonly Queue<WriteDataBeat> writeData = new();
    private readonly int inboundCycles;
    private readonly int outboundCycles;

    public HbmController(string name, ClockDomain clock, AcceleratorDesign design, int pseudoChannel, AxiPort port, HbmImage image)
        : base(name, clock)
    {
        PseudoChannelIndex = pseudoChannel;
        this.port = port;
        this.design = design.Hbm;
        this.image = image;
        map = new AddressMap(design.Hbm.AddressMap);
        dram = new PseudoChannel(design.Hbm.Timing);
        refresh = new RefreshTimer(design.Hbm, pseudoChannel);
        int fixedPath = design.Axi.FixedPathCycles + (design.Axi.SwitchOn ? design.Axi.SwitchPathCycles : 0);
        inboundCycles = fixedPath / 2;
        outboundCycles = fixedPath - inboundCycles;
        queue = new BurstQueue(map, design.Hbm.QueuedBursts, inboundCycles);
        readReturn = new DelayLine<ReadDataBeat>(0, MaxReturns);
        writeReturn = new DelayLine<WriteResponseBeat>(0, MaxReturns);
        port.ReadAddress.ConnectConsumer(this);
        port.WriteAddress.ConnectConsumer(this);
        port.WriteData.ConnectConsumer(this);
        port.ReadData.ConnectProducer(this);
        port.WriteResponse.ConnectProducer(this);
    }

    /// <summary>Beats that may be on the way back at once (the port's maximum of outstanding read beats).</summary>
    public const int MaxReturns = 256;

    /// <summary>0..31.</summary>
    public int PseudoChannelIndex { get; }

    public HbmStatistics Statistics { get; } = new();

    /// <summary>Tells an observer every DRAM command from now on.</summary>
    public void Observe(IDramCommandObserver observer) => dram.Observer = observer;

    /// <summary>Brings the lazily computed refresh up to a cycle, so that refreshes of idle time are counted: at the end of a run.</summary>
    public void SettleRefresh(long cycle) => refresh.Advance(2 * cycle, dram, Statistics);

    public override bool HoldsWork => queue.Count > 0 || readReturn.Count > 0 || writeReturn.Count > 0 || writeData.Count > 0;

    public override bool Tick(long cycle)
    {
        Return(cycle);
        Accept(cycle);
        if (queue.Count > 0)
        {
            long clock = 2 * cycle;
            long blocked = refresh.Advance(clock, dram, Statistics);
            if (clock >= blocked)
            {
                IssueColumn(cycle, clock);
                IssueRow(cycle, clock);
            }

            return true;
        }

        SleepUntilReturn(cycle);
        return (readReturn.NextDue <= cycle && port.ReadData.HasSpaceNext)
            || (writeReturn.NextDue <= cycle && port.WriteResponse.HasSpaceNext)
            || port.ReadAddress.HasBeatNext || port.WriteAddress.HasBeatNext || port.WriteData.HasBeatNext;
    }

    public override Activity Classify(long cycle) =>
        queue.Count > 0 || readReturn.Count > 0 || writeReturn.Count > 0 ? Activity.Busy : Activity.Starved(0);

    private void SleepUntilReturn(long cycle)
    {
        // A return that is due already waits for space, not for time: it must not hide the other one's time.
        long read = readReturn.NextDue > cycle ? readReturn.NextDue : long.MaxValue;
        long write = writeReturn.NextDue > cycle ? writeReturn.NextDue : long.MaxValue;
        if (Math.Min(read, write) != long.MaxValue)
        {
            WakeAt(Math.Min(read, write));
        }
    }

    private void Return(long cycle)
    {
        if (readReturn.NextDue <= cycle && port.ReadData.CanPush)
        {
            port.ReadData.Push(readReturn.Leave());
        }

        if (writeReturn.NextDue <= cycle && port.WriteResponse.CanPush)
        {
            port.WriteResponse.Push(writeReturn.Leave());
        }
    }

    private void Accept(long cycle)
    {
        if (queue.HasRoom && port.ReadAddress.CanPop)
        {
            ReadAddressBeat read = port.ReadAddress.Pop();
            queue.Add(read.Id, read.Address, read.Beats, isWrite: false, cycle);
        }

        if (queue.HasRoom && port.WriteAddress.CanPop)
        {
            WriteAddressBeat write = port.WriteAddress.Pop();
            queue.Add(write.Id, write.Address, write.Beats, isWrite: true, cycle);
        }

        if (port.WriteData.CanPop)
        {
            writeData.Enqueue(port.WriteData.Pop());
        }
    }

    private void IssueColumn(long cycle, long clock)
    {
        ref PendingBurst head = ref queue[0];
        int bank = head.Place.Bank;
        if (cycle < head.ReadyCycle || dram.OpenRow(bank) != head.Place.Row)
        {
            return;
        }

        Count(ref head, hit: true);
        if (head.IsWrite)
        {
            IssueWrite(head, bank, clock);
        }
        else if (clock >= dram.EarliestRead(bank) && readReturn.Count < MaxReturns - 1)
        {
            long due = ((dram.Read(bank, clock) + 1) / 2) + outboundCycles;
            readReturn.EnterDue(new ReadDataBeat(head.Id, image.ReadBeat(head.Address), head.Last), due);
            Statistics.ReadBeats++;
            queue.Remove();
        }
    }

    private void IssueWrite(PendingBurst head, int bank, long clock)
    {
        if (writeData.Count == 0 || clock < dram.EarliestWrite(bank) || writeReturn.Count == MaxReturns - 1)
        {
            return;
        }

        long end = dram.Write(bank, clock);
        WriteDataBeat data = writeData.Dequeue();
        image.WriteBeat(head.Address, data.Data, data.Strobe);
        Statistics.WriteBeats++;
        if (head.Last)
        {
            writeReturn.EnterDue(new WriteResponseBeat(head.Id), ((end + 1) / 2) + outboundCycles);
        }

        queue.Remove();
    }

    /// <summary>At most one activate or precharge per cycle, for the oldest burst that needs one and whose bank no older burst uses.</summary>
    private void IssueRow(long cycle, long clock)
    {
        int window = Math.Min(queue.Count, design.LookAhead);
        int used = 0;
        for (int i = 0; i < window; i++)
        {
            ref PendingBurst burst = ref queue[i];
            int bank = burst.Place.Bank;
            bool reserved = (used >> bank & 1) != 0;
            used |= 1 << bank;
            if (reserved || cycle < burst.ReadyCycle || dram.OpenRow(bank) == burst.Place.Row)
            {
                continue;
            }

            if (IssueRowCommand(ref burst, bank, clock))
            {
                return;
            }
        }
    }

    private bool IssueRowCommand(ref PendingBurst burst, int bank, long clock)
    {
        Count(ref burst, hit: false);
        if (dram.OpenRow(bank) >= 0)
        {
            if (clock < dram.EarliestPrecharge(bank))
            {
                return false;
            }

            dram.Precharge(bank, clock);
            return true;
        }

        if (clock < dram.EarliestActivate(bank))
        {
            return false;
        }

        dram.Activate(bank, burst.Place.Row, clock);
        return true;
    }

    private void Count(ref PendingBurst burst, bool hit)
    {
        if (burst.Counted)
        {
            return;
        }

        burst.Counted = true;
        if (hit)
        {
            Statistics.RowHits++;
        }
        else if (dram.OpenRow(burst.Place.Bank) >= 0)
        {
            Statistics.RowConflicts++;
        }
        else
        {
            Statistics.RowMisses++;
        }
    }
}
