using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;
using BcnnSim.Mapping;

namespace BcnnSim.Hardware.Traffic;

/// <summary>
/// Master of one port that offers the requests of a source: one address per cycle, write data one beat per cycle in the order of their
/// addresses, identifiers in rotation, within the port's outstanding beats.
/// </summary>
public sealed class TrafficPort : Component
{
    /// <summary>Longest AXI burst here (AMD PG276: 1 to 16 beats).</summary>
    private const int MaxBurstBeats = 16;
    private readonly PortTraffic traffic;
    private readonly Channel<ReadAddressBeat> readAddress;
    private readonly Channel<ReadDataBeat> readData;
    private readonly Channel<WriteAddressBeat> writeAddress;
    private readonly Channel<WriteDataBeat> writeData;
    private readonly Channel<WriteResponseBeat> writeResponse;
    private readonly IRequestObserver? observer;
    private readonly bool timed;
    private readonly OutstandingBursts reads;
    private readonly OutstandingBursts writes;
    private readonly Queue<int> dataBursts = new();
    private readonly PendingRequest[] requests;
    private readonly int[] freeRequests;
    private MemoryRequest current;
    private long number = -1;
    private bool active;
    private bool exhausted;
    private int free;
    private int currentSlot = -1;
    private long nextByte;
    private int dataBeat;
    private int identifier;
    private int beats;

    public TrafficPort(string name, ClockDomain clock, AxiDesign design, PortTraffic traffic, AxiLink link, IRequestObserver? observer)
        : base(name, clock)
    {
        this.traffic = traffic;
        readAddress = link.ReadAddress;
        readData = link.ReadData;
        writeAddress = link.WriteAddress;
        writeData = link.WriteData;
        writeResponse = link.WriteResponse;
        this.observer = observer;
        timed = traffic.Source.Timed;
        reads = new OutstandingBursts(design.MaxOutstandingReads, IdOrder.Identifiers);
        writes = new OutstandingBursts(design.MaxOutstandingWrites, IdOrder.Identifiers);
        int most = design.MaxOutstandingReads + design.MaxOutstandingWrites;
        int limit = traffic.Outstanding == 0 ? most : Math.Min(traffic.Outstanding, most);
        requests = new PendingRequest[limit];
        freeRequests = [.. Enumerable.Range(0, limit).Reverse()];
        free = limit;
        link.ConnectMaster(this);
    }

    /// <summary>Requests completed.</summary>
    public long Completed { get; private set; }

    /// <summary>Port cycle of the first offer; -1 before.</summary>
    public long FirstOffer { get; private set; } = -1;

    /// <summary>Port cycle of the last completion; -1 before.</summary>
    public long LastCompletion { get; private set; } = -1;

    public override bool WaitsOnlyForSpace => true;

    public override bool HoldsWork => active || free < requests.Length;

    public override bool Tick(long cycle)
    {
        TakeAnswers(cycle);
        SendData();
        Offer(cycle);
        return MoreNext(cycle);
    }

    public override Activity Classify(long cycle)
    {
        if (!HoldsWork)
        {
            return Activity.Done;
        }

        return active && !IsEarly(cycle) ? Activity.Busy : Activity.Memory;
    }

    private void TakeAnswers(long cycle)
    {
        if (readData.CanPop)
        {
            ref readonly ReadDataBeat beat = ref readData.Pop();
            if (beat.Last)
            {
                EndBurst(reads.Complete(beat.Id), cycle);
            }
        }

        if (writeResponse.CanPop)
        {
            EndBurst(writes.Complete(writeResponse.Pop().Id), cycle);
        }
    }

    private void EndBurst(int slot, long cycle)
    {
        ref PendingRequest request = ref requests[slot];
        if (--request.Bursts > 0 || !request.AllIssued)
        {
            return;
        }

        Completed++;
        LastCompletion = cycle;
        observer?.Completed(in request.Request, request.Number, traffic.Port, request.Offered, cycle);
        freeRequests[free++] = slot;
    }

    private void SendData()
    {
        if (dataBursts.Count > 0 && writeData.CanPush)
        {
            bool last = ++dataBeat == dataBursts.Peek();
            writeData.Push(new WriteDataBeat(default, uint.MaxValue, last));
            if (last)
            {
                dataBeat = 0;
                dataBursts.Dequeue();
            }
        }
    }

    private void Offer(long cycle)
    {
        if (!active)
        {
            Fetch();
        }

        if (active && MayIssue(cycle))
        {
            Issue(cycle);
        }
    }

    private void Fetch()
    {
        active = !exhausted && traffic.Source.TryNext(out current);
        exhausted = !active;
        if (active)
        {
            number++;
            nextByte = current.Address;
            beats = NextBeats();
        }
    }

    private bool MayIssue(long cycle) =>
        !IsEarly(cycle) && RoomForBurst && (current.IsWrite ? writeAddress.CanPush : readAddress.CanPush);

    private bool IsEarly(long cycle) => timed && current.Cycle > cycle;

    /// <summary>The limits allow the coming burst; one burst of write data may wait behind the one that is being sent.</summary>
    private bool RoomForBurst => (currentSlot >= 0 || free > 0) && (current.IsWrite
        ? writes.Beats + beats <= writes.MaxBeats && dataBursts.Count < 2
        : reads.Beats + beats <= reads.MaxBeats);

    /// <summary>Beats of the coming burst: to the end of the request, of its page, of the longest burst.</summary>
    private int NextBeats()
    {
        long start = nextByte & -Beat256.Bytes;
        long end = current.Address + current.Bytes;
        long page = (start & -MemoryPlanner.PageBytes) + MemoryPlanner.PageBytes;
        return (int)Math.Min(MaxBurstBeats, (Math.Min(end, page) - start + Beat256.Bytes - 1) / Beat256.Bytes);
    }

    private void Issue(long cycle)
    {
        int slot = currentSlot >= 0 ? currentSlot : Open(cycle);
        long address = nextByte & -Beat256.Bytes;
        nextByte = address + ((long)beats * Beat256.Bytes);
        requests[slot].Bursts++;
        requests[slot].AllIssued = nextByte >= current.Address + current.Bytes;
        if (current.IsWrite)
        {
            writeAddress.Put() = new WriteAddressBeat(identifier, address, beats);
            writes.Add(identifier, slot, beats);
            dataBursts.Enqueue(beats);
            SendFirstBeat();
        }
        else
        {
            readAddress.Put() = new ReadAddressBeat(identifier, address, beats);
            reads.Add(identifier, slot, beats);
        }

        identifier = identifier + 1 == traffic.Identifiers ? 0 : identifier + 1;
        active = !requests[slot].AllIssued;
        currentSlot = active ? slot : -1;
        if (active)
        {
            beats = NextBeats();
        }
        else
        {
            // At once: otherwise a port without room would wake only to look at what it cannot offer.
            Fetch();
        }
    }

    /// <summary>Address and first data go in one cycle.</summary>
    private void SendFirstBeat()
    {
        if (dataBursts.Count == 1 && dataBeat == 0)
        {
            SendData();
        }
    }

    private int Open(long cycle)
    {
        int slot = freeRequests[--free];
        long offered = timed ? current.Cycle : cycle;
        ref PendingRequest request = ref requests[slot];

        // Field by field, as the source has just written it: a copy of the whole would wait for that.
        request.Request = new MemoryRequest(current.Cycle, current.Address, current.Bytes, current.IsWrite);
        request.Number = number;
        request.Offered = offered;
        request.Bursts = 0;
        request.AllIssued = false;
        FirstOffer = FirstOffer < 0 ? offered : FirstOffer;
        return slot;
    }

    private bool MoreNext(long cycle)
    {
        if (readData.HasBeatNext || writeResponse.HasBeatNext || (dataBursts.Count > 0 && writeData.HasSpaceNext) || (!active && !exhausted))
        {
            return true;
        }

        if (active && IsEarly(cycle))
        {
            WakeAt(current.Cycle);
            return false;
        }

        return active && RoomForBurst && (current.IsWrite ? writeAddress.HasSpaceNext : readAddress.HasSpaceNext);
    }

    private struct PendingRequest
    {
        public MemoryRequest Request;
        public long Number;
        public long Offered;
        public int Bursts;
        public bool AllIssued;
    }
}
