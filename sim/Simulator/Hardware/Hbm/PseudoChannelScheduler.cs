using System.Numerics;
using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Policy of one pseudo-channel (hbm.md section 1, where the vendor is silent ours): per controller cycle at most one column command, the
/// oldest ready row hit of the current direction, and one row command, for the oldest access that needs one and whose bank serves no
/// other. Two DRAM clocks per controller cycle.
/// </summary>
internal sealed class PseudoChannelScheduler(HbmDesign design, int pseudoChannel)
{
    private readonly RefreshSchedule refresh = new(design, pseudoChannel);
    private readonly AddressMap map = new(design.AddressMap);
    private readonly bool closesRows = design.PagePolicy == PagePolicy.Closed;
    private int openings;
    private int openBanks;
    private bool writing;
    private int ofDirection;

    /// <summary>0..31.</summary>
    public int Index { get; } = pseudoChannel;

    public PseudoChannel Dram { get; } = new(design.Timing);

    public ReorderWindow Window { get; } = new(design.ReorderWindow, !design.Reordering);

    public HbmStatistics Statistics { get; } = new();

    /// <summary>Whether a command may still have to be issued.</summary>
    public bool HasWork => Window.Count > 0 || (closesRows && openBanks != 0);

    public void Admit(MemoryAccess access)
    {
        DramAddress place = map.Decode(access.Address);
        access.Bank = place.Bank;
        access.Row = place.Row;
        Window.Add(ref access, Dram.OpenRow(place.Bank) == place.Row);
    }

    /// <summary>Performs the refreshes due up to a clock.</summary>
    public void Refresh(long clock)
    {
        int closed = refresh.Advance(clock, Dram, Statistics);
        openings &= ~closed;
        openBanks &= ~closed;
        for (; closed != 0; closed &= closed - 1)
        {
            Window.Closed(BitOperations.TrailingZeroCount(closed));
        }
    }

    /// <summary>Issues a column command if one is legal; the access that was served, taken from the window.</summary>
    public bool IssueColumn(long clock, bool mayRead, bool mayWrite, out MemoryAccess done)
    {
        done = default;
        ulong ready = Candidates();
        if (ready == 0)
        {
            return false;
        }

        bool write = Direction(ready);
        ulong left = write ? ready & Window.Writes : ready & ~Window.Writes;
        DramCommand command = write ? DramCommand.Write : DramCommand.Read;
        for (left = (write ? mayWrite : mayRead) ? left : 0; left != 0;)
        {
            int position = BitOperations.TrailingZeroCount(left);
            int bank = Window.At(position).Bank;
            if (clock >= Dram.Earliest(command, bank))
            {
                Serve(position, command, clock, out done);
                return true;
            }

            left &= ~Window.OfBank(bank);
        }

        return false;
    }

    /// <summary>Issues an activate or precharge if one is wanted and legal.</summary>
    public void IssueRow(long clock)
    {
        bool mayOpen = BitOperations.PopCount((uint)openings) < design.CommandQueue;
        for (ulong left = WithoutServedBanks(Window.All, Candidates()); left != 0;)
        {
            int position = BitOperations.TrailingZeroCount(left);
            ref MemoryAccess access = ref Window.At(position);
            bool open = (Window.Hits >> position & 1) != 0;
            if (!open && IssueRow(ref access, mayOpen, clock))
            {
                return;
            }

            left &= ~Window.OfBank(access.Bank);
        }

        if (closesRows)
        {
            CloseUnused(clock);
        }
    }

    /// <summary>Ready accesses; the oldest alone when it has been bypassed too often.</summary>
    private ulong Candidates()
    {
        ulong ready = Window.Ready;
        return ready > 1 && Window.BypassesOfOldest >= design.AgeLimit ? ready & 1 : ready;
    }

    /// <summary>Stays with the direction while it has ready accesses, up to the limit if the other waits.</summary>
    private bool Direction(ulong ready)
    {
        ulong writes = ready & Window.Writes;
        ulong reads = ready & ~Window.Writes;
        ulong current = writing ? writes : reads;
        ulong other = writing ? reads : writes;
        bool turn = current == 0 || (other != 0 && ofDirection >= design.DirectionSwitchLimit);
        return writing != turn;
    }

    private void Serve(int position, DramCommand command, long clock, out MemoryAccess done)
    {
        ref MemoryAccess access = ref Window.At(position);
        Statistics.RowHits += First(ref access);
        Dram.Issue(command, access.Bank, -1, clock);
        openings &= ~(1 << access.Bank);
        ofDirection = writing == access.IsWrite ? ofDirection + 1 : 1;
        writing = access.IsWrite;
        Statistics.ReadBeats += access.IsWrite ? 0 : 1;
        Statistics.WriteBeats += access.IsWrite ? 1 : 0;
        done = access;
        Window.Remove(position);
    }

    /// <summary>Leaves out the banks that have an access to serve: their row stays.</summary>
    private ulong WithoutServedBanks(ulong positions, ulong ready)
    {
        while (ready != 0)
        {
            ulong bank = Window.OfBank(Window.At(BitOperations.TrailingZeroCount(ready)).Bank);
            positions &= ~bank;
            ready &= ~bank;
        }

        return positions;
    }

    private bool IssueRow(ref MemoryAccess access, bool mayOpen, long clock)
    {
        int bank = access.Bank;
        if (Dram.OpenRow(bank) >= 0)
        {
            Statistics.RowConflicts += First(ref access);
            if (clock < Dram.Earliest(DramCommand.Precharge, bank))
            {
                return false;
            }

            Precharge(bank, clock);
            return true;
        }

        Statistics.RowMisses += First(ref access);
        if (!mayOpen || clock < Dram.Earliest(DramCommand.Activate, bank))
        {
            return false;
        }

        Dram.Issue(DramCommand.Activate, bank, access.Row, clock);
        openings |= 1 << bank;
        openBanks |= 1 << bank;
        Window.Opened(bank, access.Row);
        return true;
    }

    private void CloseUnused(long clock)
    {
        for (int left = openBanks; left != 0; left &= left - 1)
        {
            int bank = BitOperations.TrailingZeroCount(left);
            if ((Window.OfBank(bank) & Window.Hits) == 0 && clock >= Dram.Earliest(DramCommand.Precharge, bank))
            {
                Precharge(bank, clock);
                return;
            }
        }
    }

    private void Precharge(int bank, long clock)
    {
        Dram.Issue(DramCommand.Precharge, bank, -1, clock);
        openings &= ~(1 << bank);
        openBanks &= ~(1 << bank);
        Window.Closed(bank);
    }

    /// <summary>1 the first time, 0 afterwards: an access is counted once, as what it met first.</summary>
    private static int First(ref MemoryAccess access)
    {
        int first = access.Counted ? 0 : 1;
        access.Counted = true;
        return first;
    }
}
