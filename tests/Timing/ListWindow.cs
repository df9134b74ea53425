using BcnnSim.Hardware.Hbm;

namespace BcnnSim.Tests.Timing;

/// <summary>The reorder window as its sentences say it, over a list from the oldest access on: the slow twin of <see cref="ReorderWindow"/>.</summary>
internal sealed class ListWindow(bool inOrder)
{
    private readonly List<Entry> entries = [];
    private readonly int[] openRow = [.. Enumerable.Repeat(-1, PseudoChannel.Banks)];

    public int Count => entries.Count;

    public long BypassesOfOldest => entries[0].Bypassed;

    public ulong Eligible => Mask((_, i) => IsEligible(i));

    public ulong Hits => Mask((_, i) => IsHit(i));

    public ulong Writes => Mask((e, _) => e.Access.IsWrite);

    public ulong InClosedBanks => Mask((e, _) => openRow[e.Access.Bank] < 0);

    public MemoryAccess this[int position] => entries[position].Access;

    public int OpenRow(int bank) => openRow[bank];

    public ulong OfBank(int bank) => Mask((e, _) => e.Access.Bank == bank);

    /// <summary>Whether a bank has accesses, none of them ready, and the row of its oldest is not open.</summary>
    public bool WantsRow(int bank)
    {
        int[] own = [.. Enumerable.Range(0, Count).Where(i => entries[i].Access.Bank == bank)];
        return own.Length > 0 && !own.Any(i => IsHit(i) && IsEligible(i)) && !IsHit(own[0]);
    }

    public void Add(MemoryAccess access) => entries.Add(new Entry { Access = access });

    /// <summary>Whether another access need not wait any longer.</summary>
    public bool Remove(int position)
    {
        bool[] before = [.. entries.Select((_, i) => IsEligible(i))];
        foreach (Entry older in entries.Take(position))
        {
            older.Bypassed++;
        }

        entries.RemoveAt(position);
        return entries.Where((_, i) => IsEligible(i) && !before[i < position ? i : i + 1]).Any();
    }

    public void Open(int bank, int row) => openRow[bank] = row;

    private bool IsHit(int i) => openRow[entries[i].Access.Bank] == entries[i].Access.Row;

    private bool IsEligible(int i) => inOrder ? i == 0 : !entries.Take(i).Any(older => Before(older.Access, entries[i].Access));

    private static bool Before(MemoryAccess older, MemoryAccess access) =>
        older.Address == access.Address || (older.Port == access.Port && older.Id == access.Id && older.IsWrite == access.IsWrite);

    private ulong Mask(Func<Entry, int, bool> of) => entries.Select((e, i) => of(e, i) ? 1UL << i : 0).Aggregate(0UL, (a, b) => a | b);

    private sealed class Entry
    {
        public MemoryAccess Access { get; init; }

        public long Bypassed { get; set; }
    }
}
