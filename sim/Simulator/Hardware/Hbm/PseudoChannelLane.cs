using System.Runtime.CompilerServices;
using BcnnSim.Design;
using BcnnSim.Hardware.Axi;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>Half of a controller: one pseudo-channel between its AXI link and its DRAM, with the fixed path in and out.</summary>
internal sealed class PseudoChannelLane
{
    private readonly AxiLink link;
    private readonly HbmImage? image;
    private readonly BurstIntake intake;
    private readonly WriteDataBeat[] writeData = new WriteDataBeat[64];
    private readonly int outboundCycles;
    private ReturnPath<ReadDataBeat> readReturn;
    private ReturnPath<WriteResponseBeat> writeReturn;

    public PseudoChannelLane(AcceleratorDesign design, int pseudoChannel, AxiLink link, int? straightPort, HbmImage? image, int pathCycles, bool remembers)
    {
        this.link = link;
        readReturn = new(link.ReadData, straightPort is not null);
        writeReturn = new(link.WriteResponse, straightPort is not null);
        this.image = image;
        Scheduler = new PseudoChannelScheduler(design.Hbm, pseudoChannel, remembers);
        intake = new BurstIntake(link, pseudoChannel, pathCycles / 2, straightPort);
        outboundCycles = pathCycles - (pathCycles / 2);
    }

    public PseudoChannelScheduler Scheduler { get; }

    public bool HoldsWork => Scheduler.HasWork || !intake.IsEmpty || !readReturn.IsEmpty || !writeReturn.IsEmpty;

    /// <summary>Whether anything waits on the link to be taken.</summary>
    public bool SeesBeats => link.ReadAddress.Count + link.WriteAddress.Count + link.WriteData.Count > 0;

    /// <summary>Earliest cycle after this one at which time alone lets something happen.</summary>
    public long NextDue(long cycle) => Math.Min(
        Math.Min(After(readReturn.NextDue, cycle), After(writeReturn.NextDue, cycle)), Math.Min(After(intake.NextDue, cycle), After(CycleOf(Scheduler.NextDue), cycle)));

    /// <summary>One controller cycle; true if the next one is needed. Never inlined: in one piece with the kernel's loop its registers would not do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Tick(long cycle)
    {
        readReturn.Return(cycle);
        writeReturn.Return(cycle);
        intake.Accept(cycle);
        Admit(cycle);
        if (Scheduler.HasWork)
        {
            Issue(cycle);
        }

        return Scheduler.NextDue <= 2 * (cycle + 1) || (Scheduler.Window.HasRoom && intake.NextDue <= cycle + 1) || intake.MoreNext
            || readReturn.MoreNext(cycle) || writeReturn.MoreNext(cycle);
    }

    // First edge at or after a DRAM clock.
    private static long CycleOf(long clock) => clock == long.MaxValue ? clock : (clock + 1) / 2;

    // What is due already waits for space or for the next edge, not for time.
    private static long After(long due, long cycle) => due > cycle ? due : long.MaxValue;

    private void Admit(long cycle)
    {
        if (Scheduler.Window.HasRoom && intake.TryRead(cycle, ref Scheduler.Window.Next))
        {
            Scheduler.AdmitNext();
        }

        if (Scheduler.Window.HasRoom && intake.TryWrite(cycle, ref Scheduler.Window.Next, out WriteDataBeat beat))
        {
            writeData[Scheduler.AdmitNext()] = beat;
        }
    }

    private void Issue(long cycle)
    {
        long clock = 2 * cycle;
        Scheduler.Refresh(clock);
        bool mayRead = readReturn.HasRoom;
        bool mayWrite = writeReturn.HasRoom;
        int served = Scheduler.IssueColumn(clock, mayRead, mayWrite);
        if (served >= 0)
        {
            Finish(ref Scheduler.Window.InSlot(served), clock);
        }

        Scheduler.IssueRow(clock);
    }

    private void Finish(ref MemoryAccess done, long clock)
    {
        if (!done.IsWrite)
        {
            Beat256 data = image is null ? default : image.ReadBeat(done.Address);
            readReturn.EnterDue(Due(Scheduler.Dram.ReadEnd(clock))) = new ReadDataBeat(done.Id, data, done.Last, done.Port);
            return;
        }

        image?.WriteBeat(done.Address, writeData[done.Slot].Data, writeData[done.Slot].Strobe);
        if (done.Last)
        {
            writeReturn.EnterDue(Due(Scheduler.Dram.WriteEnd(clock))) = new WriteResponseBeat(done.Id, done.Port);
        }
    }

    private long Due(long dataEnd) => ((dataEnd + 1) / 2) + outboundCycles;
}
