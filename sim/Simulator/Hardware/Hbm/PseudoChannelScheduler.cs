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
    /// <summary>Precharge, activate and column command: what an access to another row takes of the command queue.</summary>
    private const int CommandsOfConflict = 3;

    /// <summary>Rows prepared for accesses that must wait for an older one; the access being served is in the command queue too.</summary>
    private readonly int rowsAhead = Math.Max(0, (design.CommandQueue / CommandsOfConflict) - 1);
    private readonly RefreshSchedule refresh = new(design, pseudoChannel);
    private readonly AddressMap map = new(design.AddressMap);
    private readonly bool closesRows = design.PagePolicy == PagePolicy.Closed;
    private int prepared;
    private int openBanks;
    private int toOpen;
    private int toClose;
    private bool writing;
    private int ofDirection;

    /// <summary>0..31.</summary>
    public int Index { get; } = pseudoChannel;

    public PseudoChannel Dram { get; } = new(design.Timing);

    public ReorderWindow Window { get; } = new(design.ReorderWindow, !design.Reordering);

    public HbmStatistics Statistics { get; } = new();

    /// <summary>Whether a command may still have to be issued.</summary>
    public bool HasWork => Window.Count > 0 || (closesRows && openBanks != 0);

    /// <summary>Adds an access; the slot it keeps.</summary>
    public int Admit(ref MemoryAccess access)
    {
        DramAddress place = map.Decode(access.Address);
        access.Bank = (byte)place.Bank;
        access.Row = place.Row;
        Window.Add(ref access, Dram.OpenRow(place.Bank) == place.Row);
        Update(place.Bank);
        return access.Slot;
    }

    /// <summary>Performs the refreshes due up to a clock.</summary>
    public void Refresh(long clock)
    {
        int closed = refresh.Advance(clock, Dram, Statistics);
        prepared &= ~closed;
        openBanks &= ~closed;
        for (; closed != 0; closed &= closed - 1)
        {
            int bank = BitOperations.TrailingZeroCount(closed);
            Window.Closed(bank);
            Update(bank);
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
        if (Aged && IssueForOldest(clock))
        {
            return;
        }

        int bank = Oldest(Legal(toOpen, DramCommand.Activate, clock) | Legal(toClose, DramCommand.Precharge, clock));
        if (bank >= 0)
        {
            IssueRow(bank, clock);
        }
        else if (closesRows)
        {
            CloseUnused(clock);
        }
    }

    private bool Aged => Window.Count > 1 && Window.BypassesOfOldest >= design.AgeLimit;

    /// <summary>Ready accesses; the oldest alone when it has been bypassed too often.</summary>
    private ulong Candidates()
    {
        ulong ready = Window.Ready;
        return ready > 1 && Aged ? ready & 1 : ready;
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
        prepared &= ~(1 << access.Bank);
        ofDirection = writing == access.IsWrite ? ofDirection + 1 : 1;
        writing = access.IsWrite;
        Statistics.ReadBeats += access.IsWrite ? 0 : 1;
        Statistics.WriteBeats += access.IsWrite ? 1 : 0;
        done = access;
        for (int changed = Window.Remove(position) | (1 << done.Bank); changed != 0; changed &= changed - 1)
        {
            Update(BitOperations.TrailingZeroCount(changed));
        }
    }

    /// <summary>An access that has been bypassed too often gets its row although others are ready in the one that is open.</summary>
    private bool IssueForOldest(long clock)
    {
        int bank = Window.At(0).Bank;
        bool open = Dram.OpenRow(bank) >= 0;
        if ((Window.Hits & 1) != 0 || clock < Dram.Earliest(open ? DramCommand.Precharge : DramCommand.Activate, bank))
        {
            return false;
        }

        IssueRow(bank, clock);
        return true;
    }

    /// <summary>The banks of a mask in which a command is legal and, for an access that must still wait, may be prepared.</summary>
    private int Legal(int banks, DramCommand command, long clock)
    {
        int legal = 0;
        bool mayPrepare = BitOperations.PopCount((uint)prepared) < rowsAhead;
        for (banks = clock < Dram.EarliestOfAny(command) ? 0 : banks; banks != 0; banks &= banks - 1)
        {
            int bank = BitOperations.TrailingZeroCount(banks);
            bool may = mayPrepare || (prepared >> bank & 1) != 0 || !Ahead(bank);
            legal |= may && clock >= Dram.Earliest(command, bank) ? 1 << bank : 0;
        }

        return legal;
    }

    /// <summary>Whether a bank's oldest access must wait for an older one elsewhere.</summary>
    private bool Ahead(int bank) => (Window.Eligible >> BitOperations.TrailingZeroCount(Window.OfBank(bank)) & 1) == 0;

    /// <summary>The bank whose oldest access is the oldest; -1 of none.</summary>
    private int Oldest(int banks)
    {
        int oldest = -1;
        for (int first = 64; banks != 0; banks &= banks - 1)
        {
            int bank = BitOperations.TrailingZeroCount(banks);
            int position = BitOperations.TrailingZeroCount(Window.OfBank(bank));
            oldest = position < first ? bank : oldest;
            first = Math.Min(first, position);
        }

        return oldest;
    }

    /// <summary>Precharge or activate for a bank's oldest access.</summary>
    private void IssueRow(int bank, long clock)
    {
        ref MemoryAccess access = ref Window.At(BitOperations.TrailingZeroCount(Window.OfBank(bank)));
        prepared |= Ahead(bank) ? 1 << bank : 0;
        if (Dram.OpenRow(bank) >= 0)
        {
            Statistics.RowConflicts += First(ref access);
            Close(bank, clock);
        }
        else
        {
            Statistics.RowMisses += First(ref access);
            Dram.Issue(DramCommand.Activate, bank, access.Row, clock);
            openBanks |= 1 << bank;
            Window.Opened(bank, access.Row);
        }

        Update(bank);
    }

    /// <summary>
    /// Whether a bank wants a row command: it has accesses, none of them is ready, and the oldest has not got its row. Called whenever one
    /// of these may have changed.
    /// </summary>
    private void Update(int bank)
    {
        ulong accesses = Window.OfBank(bank);
        bool wants = accesses != 0 && (accesses & Window.Ready) == 0 && (accesses & (0 - accesses) & Window.Hits) == 0;
        int bit = 1 << bank;
        bool open = Dram.OpenRow(bank) >= 0;
        toClose = wants && open ? toClose | bit : toClose & ~bit;
        toOpen = wants && !open ? toOpen | bit : toOpen & ~bit;
    }

    private void CloseUnused(long clock)
    {
        for (int left = openBanks; left != 0; left &= left - 1)
        {
            int bank = BitOperations.TrailingZeroCount(left);
            if ((Window.OfBank(bank) & Window.Hits) == 0 && clock >= Dram.Earliest(DramCommand.Precharge, bank))
            {
                Close(bank, clock);
                Update(bank);
                return;
            }
        }
    }

    private void Close(int bank, long clock)
    {
        Dram.Issue(DramCommand.Precharge, bank, -1, clock);
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
