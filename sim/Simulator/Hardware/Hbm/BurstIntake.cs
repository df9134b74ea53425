using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Way from one AXI link into a pseudo-channel's window: bursts travel the inbound part of the fixed path, then enter as 32-byte accesses,
/// one read and one write per cycle; a write enters with its data.
/// </summary>
internal sealed class BurstIntake
{
    private const int Waiting = 8;
    private readonly Channel<ReadAddressBeat> readAddress;
    private readonly Channel<WriteAddressBeat> writeAddress;
    private readonly Channel<WriteDataBeat> writeData;
    private readonly int cycles;
    private readonly (ReadAddressBeat Beat, long Due)[] reads;
    private readonly (WriteAddressBeat Beat, long Due)[] writes;
    private readonly (WriteDataBeat Beat, long Due)[] data;
    private Ring readRing;
    private Ring writeRing;
    private Ring dataRing;
    private int readBeat;
    private int writeBeat;

    public BurstIntake(AxiLink link, int cycles)
    {
        readAddress = link.ReadAddress;
        writeAddress = link.WriteAddress;
        writeData = link.WriteData;
        this.cycles = cycles;

        // The path is a pipeline: a beat per cycle fits, with a few waiting at its end.
        readRing = new Ring(cycles + Waiting);
        writeRing = new Ring(cycles + Waiting);
        dataRing = new Ring(cycles + Waiting);
        reads = new (ReadAddressBeat, long)[readRing.Capacity];
        writes = new (WriteAddressBeat, long)[writeRing.Capacity];
        data = new (WriteDataBeat, long)[dataRing.Capacity];
    }

    public bool IsEmpty => readRing.Count == 0 && writeRing.Count == 0 && dataRing.Count == 0;

    /// <summary>First cycle in which something that is inside may enter the window; long.MaxValue if nothing may without new beats.</summary>
    public long NextDue
    {
        get
        {
            long read = readRing.Count > 0 ? reads[readRing.Head].Due : long.MaxValue;
            long write = writeRing.Count > 0 && dataRing.Count > 0 ? Math.Max(writes[writeRing.Head].Due, data[dataRing.Head].Due) : long.MaxValue;
            return Math.Min(read, write);
        }
    }

    /// <summary>A beat on the link can be taken at the next edge if nothing else happens.</summary>
    public bool MoreNext =>
        (readAddress.HasBeatNext && readRing.HasRoom) || (writeAddress.HasBeatNext && writeRing.HasRoom) || (writeData.HasBeatNext && dataRing.HasRoom);

    /// <summary>Takes one beat of each channel into the path.</summary>
    public void Accept(long cycle)
    {
        if (readAddress.CanPop && readRing.HasRoom)
        {
            Enter(ref reads[readRing.Enter()], in readAddress.Pop(), cycle);
        }

        if (writeAddress.CanPop && writeRing.HasRoom)
        {
            Enter(ref writes[writeRing.Enter()], in writeAddress.Pop(), cycle);
        }

        if (writeData.CanPop && dataRing.HasRoom)
        {
            Enter(ref data[dataRing.Enter()], in writeData.Pop(), cycle);
        }
    }

    /// <summary>Writes the read access that enters in this cycle, if any.</summary>
    public bool TryRead(long cycle, ref MemoryAccess access)
    {
        if (readRing.Count == 0 || reads[readRing.Head].Due > cycle)
        {
            return false;
        }

        ref readonly ReadAddressBeat burst = ref reads[readRing.Head].Beat;
        Write(ref access, burst.Address, readBeat++, burst.Beats, burst.Port, burst.Id, isWrite: false);
        if (access.Last)
        {
            readBeat = 0;
            readRing.Leave();
        }

        return true;
    }

    /// <summary>Writes the write access that enters in this cycle, if any.</summary>
    public bool TryWrite(long cycle, ref MemoryAccess access, out WriteDataBeat beat)
    {
        beat = default;
        if (writeRing.Count == 0 || dataRing.Count == 0 || writes[writeRing.Head].Due > cycle || data[dataRing.Head].Due > cycle)
        {
            return false;
        }

        ref readonly WriteAddressBeat burst = ref writes[writeRing.Head].Beat;
        beat = data[dataRing.Head].Beat;
        Write(ref access, burst.Address, writeBeat++, burst.Beats, burst.Port, burst.Id, isWrite: true);
        dataRing.Leave();
        if (access.Last)
        {
            writeBeat = 0;
            writeRing.Leave();
        }

        return true;
    }

    // Field by field: a tuple would be made and copied.
    private void Enter<T>(ref (T Beat, long Due) entry, in T beat, long cycle)
    {
        entry.Beat = beat;
        entry.Due = cycle + cycles;
    }

    /// <summary>One beat of a burst as a 32-byte access, field by field where it will stay; bank, row and slot come later.</summary>
    private static void Write(ref MemoryAccess access, long start, int beat, int beats, int port, int id, bool isWrite)
    {
        access.Address = (start & -Beat256.Bytes) + ((long)beat * Beat256.Bytes);
        access.Port = (byte)port;
        access.Id = (byte)id;
        access.Last = beat + 1 == beats;
        access.IsWrite = isWrite;
        access.Counted = false;
    }

    private struct Ring(int capacity)
    {
        public int Capacity { get; } = capacity;

        public int Head { get; private set; }

        public int Count { get; private set; }

        public readonly bool HasRoom => Count < Capacity;

        public int Enter()
        {
            int at = Head + Count++;
            return at >= Capacity ? at - Capacity : at;
        }

        public void Leave()
        {
            Count--;
            Head = Head + 1 == Capacity ? 0 : Head + 1;
        }
    }
}
