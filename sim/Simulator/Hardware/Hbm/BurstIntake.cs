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
    private readonly Channel<WriteDataBeat> writeData;
    private readonly int pseudoChannel;
    private readonly int? straightPort;
    private InboundPath<ReadAddressBeat> reads;
    private InboundPath<WriteAddressBeat> writes;
    private InboundPath<WriteDataBeat> data;
    private int readBeat;
    private int writeBeat;
    private int writesInSwitch;

    /// <param name="link">Link the beats come by.</param>
    /// <param name="pseudoChannel">0..31, where the bursts must go: nothing behind the link looks at that part of the address.</param>
    /// <param name="cycles">Length of the path.</param>
    /// <param name="straightPort">Port 0..31 at the other end of a straight way; null behind a switch or where there is none.</param>
    public BurstIntake(AxiLink link, int pseudoChannel, int cycles, int? straightPort)
    {
        this.pseudoChannel = pseudoChannel;
        writeData = link.WriteData;
        this.straightPort = straightPort;
        bool straight = straightPort is not null;
        reads = new(link.ReadAddress, cycles, straight);
        writes = new(link.WriteAddress, cycles, straight);
        data = new(link.WriteData, cycles, straight);
    }

    public bool IsEmpty => reads.IsEmpty && writes.IsEmpty && data.IsEmpty && writesInSwitch == 0;

    /// <summary>First cycle in which what is on the path may enter the window by time alone; what else may move says <see cref="MoreNext"/>.</summary>
    public long NextDue => Math.Min(reads.NextDue, Math.Max(writes.NextDue, data.NextDue));

    /// <summary>A beat on the link or in the stage of a straight way can move at the next edge if nothing else happens.</summary>
    public bool MoreNext => reads.MoreNext(open: true) || writes.MoreNext(open: true) || data.MoreNext(open: writesInSwitch > 0);

    /// <summary>Takes one beat of each channel into the path.</summary>
    public void Accept(long cycle)
    {
        reads.Accept(cycle, open: true);
        if (straightPort is null)
        {
            writes.Accept(cycle, open: true);
            data.Accept(cycle, open: true);
        }
        else if (writesInSwitch > 0 || !writes.IsQuiet || !data.IsEmpty) // Data on the link alone stay there: they pass only behind an address.
        {
            AcceptWrites(cycle);
        }
    }

    /// <summary>Writes the read access that enters in this cycle, if any.</summary>
    public bool TryRead(long cycle, ref MemoryAccess access)
    {
        if (reads.NextDue > cycle)
        {
            return false;
        }

        ref readonly ReadAddressBeat burst = ref reads.Head;
        Write(ref access, burst.Address, readBeat++, burst.Beats, straightPort ?? burst.Port, burst.Id, isWrite: false);
        if (access.Last)
        {
            readBeat = 0;
            reads.Leave();
        }

        return true;
    }

    /// <summary>Writes the write access that enters in this cycle, if any.</summary>
    public bool TryWrite(long cycle, ref MemoryAccess access, out WriteDataBeat beat)
    {
        beat = default;
        if (Math.Max(writes.NextDue, data.NextDue) > cycle)
        {
            return false;
        }

        ref readonly WriteAddressBeat burst = ref writes.Head;
        beat = data.Head;
        Write(ref access, burst.Address, writeBeat++, burst.Beats, straightPort ?? burst.Port, burst.Id, isWrite: true);
        data.Leave();
        if (access.Last)
        {
            writeBeat = 0;
            writes.Leave();
        }

        return true;
    }

    // A switch lets data pass only behind their address, from the edge after it on.
    private void AcceptWrites(long cycle)
    {
        bool ends = writesInSwitch > 0 && writeData.CanPop && writeData.Head.Last;
        if (data.Accept(cycle, open: writesInSwitch > 0) && ends)
        {
            writesInSwitch--;
        }

        writesInSwitch += writes.Accept(cycle, open: true) ? 1 : 0;
    }

    /// <summary>One beat of a burst as a 32-byte access, field by field where it will stay; bank, row and slot come later.</summary>
    private void Write(ref MemoryAccess access, long start, int beat, int beats, int port, int id, bool isWrite)
    {
        if (SwitchPlace.PseudoChannelOf(start) != pseudoChannel)
        {
            throw Strayed(start, port);
        }

        access.Address = (start & -Beat256.Bytes) + ((long)beat * Beat256.Bytes);
        access.Port = (byte)port;
        access.Id = (byte)id;
        access.Last = beat + 1 == beats;
        access.IsWrite = isWrite;
        access.Counted = false;
    }

    // Apart: its text would take registers and stack of every beat.
    private ModelException Strayed(long start, int port) => new(
        $"burst at address 0x{start:x} of port {port} came to pseudo-channel {pseudoChannel}: a request left the pseudo-channels its port was said to reach");
}
