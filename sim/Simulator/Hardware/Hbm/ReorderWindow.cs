using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Accesses of one pseudo-channel in order of age: position 0 is the oldest, and every set of accesses is a mask over positions, so that
/// "the oldest that ..." is the lowest set bit. An access is eligible when no older one of its port, identifier and direction, and no
/// older one of its address, is waiting; with <paramref name="inOrder"/> only the oldest is.
/// </summary>
internal sealed class ReorderWindow(int capacity, bool inOrder)
{
    /// <summary>No slot.</summary>
    public const byte None = 255;

    private const int Positions = 64;

    // 64 times the window: addresses that differ seldom share a count, and a shared one only costs a look.
    private const int AddressCounts = 4096;
    private readonly MemoryAccess[] slots = new MemoryAccess[capacity];

    // One more than positions: the gap that an access leaves is closed by loads from one place further on.
    private readonly byte[] order = new byte[Positions + 1];

    // The row of each position, with the same gap. Every address map has rows of 14 bits.
    private readonly short[] rows = new short[Positions + 1];
    private readonly byte[] lastOfStream = Filled(inOrder ? 1 : 2 * 32 * 64);
    private readonly byte[] addressCount = new byte[AddressCounts];
    private readonly ulong[] ofBank = new ulong[PseudoChannel.Banks];
    private ulong freeSlots = capacity == 64 ? ulong.MaxValue : (1UL << capacity) - 1;
    private ulong eligible;
    private ulong hits;
    private ulong writes;
    private ulong closed;
    private long served;

    // Of the access at position 0, kept here because it is asked for several times in every cycle.
    private long servedBeforeOldest;

    public int Count { get; private set; }

    public bool HasRoom => Count < capacity;

    /// <summary>Accesses that may go: eligible, their row open.</summary>
    public ulong Ready => eligible & hits;

    /// <summary>Accesses that need not wait for an older one.</summary>
    public ulong Eligible => eligible;

    /// <summary>Accesses whose row is open.</summary>
    public ulong Hits => hits;

    /// <summary>Accesses that write.</summary>
    public ulong Writes => writes;

    /// <summary>Accesses whose bank has no open row.</summary>
    public ulong InClosedBanks => closed;

    /// <summary>Positions of a bank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong OfBank(int bank) => ofBank[bank];

    /// <summary>Positions of four banks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> OfFour(int firstBank) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(ofBank), (nuint)firstBank);

    /// <summary>Positions of those of four banks that want a row command: they have accesses, none is ready, the row of the oldest is not open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<ulong> WantRow(int firstBank)
    {
        Vector256<ulong> accesses = OfFour(firstBank);
        Vector256<ulong> oldest = accesses & (Vector256<ulong>.Zero - accesses);
        Vector256<ulong> served = (accesses & Vector256.Create(Ready)) | (oldest & Vector256.Create(hits));
        return Vector256.ConditionalSelect(Vector256.Equals(served, Vector256<ulong>.Zero), accesses, Vector256<ulong>.Zero);
    }

    /// <summary>Access at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref MemoryAccess At(int position) => ref slots[order[position]];

    /// <summary>The slot that the next access takes; written in place before it is added. Only with room.</summary>
    public ref MemoryAccess Next => ref slots[BitOperations.TrailingZeroCount(freeSlots)];

    /// <summary>An access by its slot: one that was served lies there until another one is written.</summary>
    public ref MemoryAccess InSlot(int slot) => ref slots[slot];

    /// <summary>Younger accesses that went before the oldest one.</summary>
    public long BypassesOfOldest => served - servedBeforeOldest;

    /// <summary>Adds <see cref="Next"/> as the youngest.</summary>
    /// <param name="openRow">Row that is open in its bank; -1 of none.</param>
    public void AddNext(int openRow)
    {
        int slot = BitOperations.TrailingZeroCount(freeSlots);
        freeSlots &= freeSlots - 1;
        ref MemoryAccess access = ref slots[slot];
        access.Slot = (byte)slot;

        // Those ahead of it will be served before it becomes the oldest: only what is served beyond them has bypassed it.
        access.ServedBefore = served + Count;
        access.WaitsFor = 0;
        access.NextOfStream = None;
        access.NextOfAddress = None;
        WaitForAddress(slot, ref access);
        WaitForStream(slot, ref access);
        ulong bit = 1UL << Count;
        rows[Count] = (short)access.Row;
        order[Count++] = (byte)slot;
        ofBank[access.Bank] |= bit;
        hits |= access.Row == openRow ? bit : 0;
        closed |= openRow < 0 ? bit : 0;
        writes |= access.IsWrite ? bit : 0;
        eligible |= access.WaitsFor == 0 ? bit : 0;
        servedBeforeOldest = Count == 1 ? access.ServedBefore : servedBeforeOldest;
    }

    /// <summary>Takes out the access at a position, which has been served; whether another one need not wait any longer.</summary>
    public bool Remove(int position)
    {
        int slot = order[position];
        ref MemoryAccess access = ref slots[slot];
        served++;
        addressCount[Hash(access.Address)]--;
        ref byte last = ref lastOfStream[Stream(ref access)];
        last = last == slot ? None : last;
        Close(position);
        freeSlots |= 1UL << slot;
        servedBeforeOldest = slots[order[0]].ServedBefore;
        return Release(access.NextOfStream) | Release(access.NextOfAddress);
    }

    /// <summary>A row has been opened: its accesses are hits.</summary>
    public void Opened(int bank, int row)
    {
        ulong accesses = ofBank[bank];
        closed &= ~accesses;
        Vector256<short> opened = Vector256.Create((short)row);
        hits |= accesses & (SameRow(0, opened) | (SameRow(16, opened) << 16) | (SameRow(32, opened) << 32) | (SameRow(48, opened) << 48));
    }

    /// <summary>A bank has been closed.</summary>
    public void Closed(int bank)
    {
        hits &= ~ofBank[bank];
        closed |= ofBank[bank];
    }

    private static int Hash(long address) => (int)((address >> 5) ^ (address >> 17)) & (AddressCounts - 1);

    private static byte[] Filled(int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, None);
        return bytes;
    }

    private int Stream(ref MemoryAccess access) => inOrder ? 0 : (access.IsWrite ? 2048 : 0) + (access.Port << 6) + access.Id;

    private void WaitForStream(int slot, ref MemoryAccess access)
    {
        ref byte last = ref lastOfStream[Stream(ref access)];
        if (last != None)
        {
            slots[last].NextOfStream = (byte)slot;
            access.WaitsFor++;
        }

        last = (byte)slot;
    }

    /// <summary>Waits for the youngest older access of the same address, which waits for those before it.</summary>
    private void WaitForAddress(int slot, ref MemoryAccess access)
    {
        ref byte sameHash = ref addressCount[Hash(access.Address)];
        for (ulong left = sameHash == 0 ? 0 : ofBank[access.Bank]; left != 0;)
        {
            int position = 63 - BitOperations.LeadingZeroCount(left);
            left &= ~(1UL << position);
            int older = order[position];
            if (slots[older].Address == access.Address)
            {
                slots[older].NextOfAddress = (byte)slot;
                access.WaitsFor++;
                break;
            }
        }

        sameHash++;
    }

    private bool Release(byte slot)
    {
        if (slot == None || --slots[slot].WaitsFor != 0)
        {
            return false;
        }

        eligible |= BitOf(slot);
        return true;
    }

    /// <summary>Of sixteen positions those whose access, if there is one, has a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong SameRow(int first, Vector256<short> row) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(rows), (nuint)first), row).ExtractMostSignificantBits();

    /// <summary>The bit of the access in a slot. Behind the youngest the order holds what was there before: the slot may stand there again.</summary>
    private ulong BitOf(byte slot)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(order);
        Vector256<byte> wanted = Vector256.Create(slot);
        ulong low = Vector256.Equals(Vector256.LoadUnsafe(ref first), wanted).ExtractMostSignificantBits();
        ulong high = Vector256.Equals(Vector256.LoadUnsafe(ref first, 32), wanted).ExtractMostSignificantBits();
        ulong found = low | (high << 32);
        return found & (0 - found);
    }

    /// <summary>Closes the gap at a position in every mask.</summary>
    private void Close(int position)
    {
        ulong below = (1UL << position) - 1;
        Vector256<ulong> kept = Vector256.Create(below);
        ref ulong first = ref MemoryMarshal.GetArrayDataReference(ofBank);
        for (nuint bank = 0; bank < PseudoChannel.Banks; bank += (nuint)Vector256<ulong>.Count)
        {
            Vector256<ulong> mask = Vector256.LoadUnsafe(ref first, bank);
            Vector256.ConditionalSelect(kept, mask, Vector256.ShiftRightLogical(mask, 1)).StoreUnsafe(ref first, bank);
        }

        hits = Squeeze(hits, below);
        writes = Squeeze(writes, below);
        eligible = Squeeze(eligible, below);
        closed = Squeeze(closed, below);
        Count--;
        CloseOrder(position);
        CloseRows(position);
    }

    private void CloseOrder(int position)
    {
        ref byte first = ref MemoryMarshal.GetArrayDataReference(order);
        Vector256<byte> gap = Vector256.Create((byte)position);
        for (int i = 0; i < Positions; i += Vector256<byte>.Count)
        {
            Vector256<byte> before = Vector256.LessThan(Vector256.Create((byte)i) + Vector256<byte>.Indices, gap);
            Vector256.ConditionalSelect(before, Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref first, (nuint)i + 1)).StoreUnsafe(ref first, (nuint)i);
        }
    }

    private void CloseRows(int position)
    {
        ref short first = ref MemoryMarshal.GetArrayDataReference(rows);
        for (int i = 0; i < Positions; i += Vector256<short>.Count)
        {
            Vector256<short> before = Vector256.LessThan(Vector256<short>.Indices, Vector256.Create((short)(position - i)));
            Vector256.ConditionalSelect(before, Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref first, (nuint)i + 1)).StoreUnsafe(ref first, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Squeeze(ulong mask, ulong below) => (mask & below) | ((mask >> 1) & ~below);
}
