using System.Numerics;
using System.Runtime.CompilerServices;
using BcnnSim.Design;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Policy of one pseudo-channel (hbm.md section 1, where the vendor is silent ours): per controller cycle at most one column command, the
/// oldest ready row hit of the current direction, and one row command, for the oldest access that needs one and whose bank serves no
/// other. Two DRAM clocks per controller cycle.
/// </summary>
/// <param name="design">Memory.</param>
/// <param name="pseudoChannel">0..31.</param>
/// <param name="remembers">Whether it remembers from when on a command may be legal, and looks no further before; false looks every cycle.</param>
internal sealed class PseudoChannelScheduler(HbmDesign design, int pseudoChannel, bool remembers)
{
    /// <summary>Precharge, activate and column command: what an access to another row takes of the command queue.</summary>
    private const int CommandsOfConflict = 3;

    /// <summary>Rows prepared for accesses that must wait for an older one; the access being served is in the command queue too.</summary>
    private readonly int rowsAhead = Math.Max(0, (design.CommandQueue / CommandsOfConflict) - 1);
    private readonly RefreshSchedule refresh = new(design, pseudoChannel);
    private readonly AddressMap map = new(design.AddressMap);
    private readonly bool closesRows = design.PagePolicy == PagePolicy.Closed;
    private readonly int ageLimit = design.AgeLimit;
    private int prepared;
    private int openBanks;
    private bool writing;
    private int ofDirection;

    // While nothing changes, no column and no row command is legal before these clocks: most cycles look no further.
    private long columnDue;
    private long rowDue;

    /// <summary>0..31.</summary>
    public int Index { get; } = pseudoChannel;

    public PseudoChannel Dram { get; } = new(design.Timing, design.Refresh);

    public ReorderWindow Window { get; } = new(design.ReorderWindow, !design.Reordering);

    public HbmStatistics Statistics { get; } = new();

    /// <summary>Whether a command may still have to be issued.</summary>
    public bool HasWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Window.Count > 0 || (closesRows && openBanks != 0);
    }

    /// <summary>First clock at which a command may become legal or a refresh is due; long.MaxValue without work.</summary>
    public long NextDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !HasWork ? long.MaxValue : !remembers ? 0 : Math.Min(Math.Min(columnDue, rowDue), refresh.Due);
    }

    /// <summary>Adds the access written into the window's next slot; the slot it keeps.</summary>
    public int AdmitNext()
    {
        ref MemoryAccess access = ref Window.Next;
        DramAddress place = map.Decode(access.Address);
        access.Bank = (byte)place.Bank;
        access.Row = place.Row;
        Window.AddNext(Dram.OpenRow(place.Bank));
        RowMayCome(place.Bank);
        ColumnMayCome(place.Bank);
        return access.Slot;
    }

    /// <summary>Performs the refreshes due up to a clock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refresh(long clock)
    {
        if (clock >= refresh.Due)
        {
            RefreshDue(clock);
        }
    }

    /// <summary>Issues a column command if one is legal; the slot of the access that was served, taken from the window, or -1.</summary>
    public int IssueColumn(long clock, bool mayRead, bool mayWrite)
    {
        if (remembers && clock < columnDue)
        {
            return -1;
        }

        columnDue = long.MaxValue;
        ulong ready = Candidates();
        if (ready == 0)
        {
            return -1;
        }

        bool write = Direction(ready);
        if (!(write ? mayWrite : mayRead))
        {
            columnDue = clock;
            return -1;
        }

        DramCommand command = write ? DramCommand.Write : DramCommand.Read;
        int position = FirstLegal(write ? ready & Window.Writes : ready & ~Window.Writes, command, clock);
        return position < 0 ? -1 : Serve(position, command, clock);
    }

    /// <summary>Issues an activate or precharge if one is wanted and legal.</summary>
    public void IssueRow(long clock)
    {
        if (remembers && clock < rowDue)
        {
            return;
        }

        rowDue = long.MaxValue;
        if (Aged && IssueForOldest(clock))
        {
            return;
        }

        ulong legal = MayHaveRow(LegalAccesses.Rows(Window, Dram, clock));
        if (legal != 0)
        {
            IssueRowFor(BitOperations.TrailingZeroCount(legal), clock);
            return;
        }

        NoteRowDue();
        if (closesRows)
        {
            CloseUnused(clock);
        }
    }

    private void RefreshDue(long clock)
    {
        int closed = refresh.Advance(clock, Dram, Statistics);
        Changed();
        prepared &= ~closed;
        openBanks &= ~closed;
        for (; closed != 0; closed &= closed - 1)
        {
            Window.Closed(BitOperations.TrailingZeroCount(closed));
        }
    }

    private bool Aged => Window.Count > 1 && Window.BypassesOfOldest >= ageLimit;

    /// <summary>Ready accesses; the oldest alone when it has been bypassed too often.</summary>
    private ulong Candidates()
    {
        ulong ready = Window.Ready;
        return ready > 1 && Aged ? ready & 1 : ready;
    }

    /// <summary>The oldest of a set of ready accesses whose column command is legal; -1 of none, and when one may be is noted.</summary>
    private int FirstLegal(ulong accesses, DramCommand command, long clock)
    {
        // Most often it is the oldest of all.
        int first = BitOperations.TrailingZeroCount(accesses);
        if (clock >= Dram.Earliest(command, Window.At(first).Bank))
        {
            return first;
        }

        ulong legal = accesses & LegalAccesses.Columns(Window, Dram, command, clock);
        if (legal != 0)
        {
            return BitOperations.TrailingZeroCount(legal);
        }

        columnDue = LegalAccesses.Soonest(Window, Dram, command, accesses);
        return -1;
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

    private int Serve(int position, DramCommand command, long clock)
    {
        ref MemoryAccess access = ref Window.At(position);
        Statistics.RowHits += First(ref access);
        Dram.Issue(command, access.Bank, -1, clock);
        bool wasPrepared = (prepared >> access.Bank & 1) != 0;
        prepared &= ~(1 << access.Bank);
        ofDirection = writing == access.IsWrite ? ofDirection + 1 : 1;
        writing = access.IsWrite;
        Statistics.ReadBeats += access.IsWrite ? 0 : 1;
        Statistics.WriteBeats += access.IsWrite ? 1 : 0;
        bool released = Window.Remove(position);
        columnDue = 0;

        // While its bank has more that are ready, none there wants a row; elsewhere one may be wanted that had to wait until now.
        bool rowStands = !released && !wasPrepared && (Window.OfBank(access.Bank) & Window.Ready) != 0 && !Aged;
        rowDue = rowStands ? rowDue : 0;
        return access.Slot;
    }

    /// <summary>An access that has been bypassed too often gets its row although others are ready in the one that is open.</summary>
    private bool IssueForOldest(long clock)
    {
        int bank = Window.At(0).Bank;
        if ((Window.Hits & 1) != 0 || !IsLegal(Dram.OpenRow(bank) >= 0 ? DramCommand.Precharge : DramCommand.Activate, bank, clock))
        {
            return false;
        }

        IssueRowFor(0, clock);
        return true;
    }

    /// <summary>When a row command may be legal that none is now.</summary>
    private void NoteRowDue()
    {
        ulong wanted = MayHaveRow(LegalAccesses.WantingRows(Window)), toOpen = wanted & Window.InClosedBanks, toClose = wanted & ~toOpen;
        rowDue = toOpen == 0 ? rowDue : Math.Min(rowDue, LegalAccesses.Soonest(Window, Dram, DramCommand.Activate, toOpen));
        rowDue = toClose == 0 ? rowDue : Math.Min(rowDue, LegalAccesses.Soonest(Window, Dram, DramCommand.Precharge, toClose));
    }

    /// <summary>Of the accesses of some banks, those of banks whose oldest access need not wait, or whose row may be prepared all the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong MayHaveRow(ulong accesses) =>
        BitOperations.PopCount((uint)prepared) < rowsAhead ? accesses : ThatNeedNotWait(accesses);

    // The seldom part, kept out of the frame of every cycle: no further row may be prepared.
    private ulong ThatNeedNotWait(ulong accesses)
    {
        ulong may = 0;
        for (ulong left = accesses; left != 0;)
        {
            int oldest = BitOperations.TrailingZeroCount(left);
            int bank = Window.At(oldest).Bank;
            may |= (prepared >> bank & 1) != 0 || !Waits(oldest) ? Window.OfBank(bank) : 0;
            left &= ~Window.OfBank(bank);
        }

        return may;
    }

    /// <summary>Whether the timing allows a row command; if not, when it will is noted.</summary>
    private bool IsLegal(DramCommand command, int bank, long clock)
    {
        long earliest = Dram.Earliest(command, bank);
        rowDue = clock >= earliest ? rowDue : Math.Min(rowDue, earliest);
        return clock >= earliest;
    }

    /// <summary>
    /// A bank may have got a ready access: none of its columns is legal before this, and for all others the due clock stands. That holds for a
    /// turn of the direction too: one to accesses that were ready before has been looked at.
    /// </summary>
    private void ColumnMayCome(int bank)
    {
        ulong ready = Window.OfBank(bank) & Window.Ready;
        columnDue = (ready & ~Window.Writes) == 0 ? columnDue : Math.Min(columnDue, Dram.Earliest(DramCommand.Read, bank));
        columnDue = (ready & Window.Writes) == 0 ? columnDue : Math.Min(columnDue, Dram.Earliest(DramCommand.Write, bank));
    }

    /// <summary>
    /// A bank has got an access: it wants a row command that it did not want before only if this is its first one. Of two accesses the
    /// older may be aged, one alone is not.
    /// </summary>
    private void RowMayCome(int bank)
    {
        ulong accesses = Window.OfBank(bank);
        bool first = (accesses & (accesses - 1)) == 0 && (accesses & Window.Hits) == 0;
        rowDue = first || Window.Count == 2 ? 0 : rowDue;
    }

    /// <summary>Rows or banks have changed: what was found about the coming clocks no longer holds.</summary>
    private void Changed() => columnDue = rowDue = 0;

    /// <summary>Whether an access must wait for an older one.</summary>
    private bool Waits(int position) => (Window.Eligible >> position & 1) == 0;

    /// <summary>Precharge or activate for an access, the oldest of its bank.</summary>
    private void IssueRowFor(int position, long clock)
    {
        ref MemoryAccess access = ref Window.At(position);
        int bank = access.Bank;
        rowDue = 0;
        prepared |= Waits(position) ? 1 << bank : 0;
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
            ColumnMayCome(bank);
        }
    }

    private void CloseUnused(long clock)
    {
        for (int left = openBanks; left != 0; left &= left - 1)
        {
            int bank = BitOperations.TrailingZeroCount(left);
            if ((Window.OfBank(bank) & Window.Hits) == 0 && IsLegal(DramCommand.Precharge, bank, clock))
            {
                rowDue = 0;
                Close(bank, clock);
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
