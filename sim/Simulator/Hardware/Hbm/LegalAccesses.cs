using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Which accesses of a window may have their command now: the timing of all banks is judged in one pass, eight beside each other, and the
/// answer is a mask over the window, in which the oldest access is the lowest bit.
/// </summary>
internal static class LegalAccesses
{
    private const int Half = PseudoChannel.HalfOfBanks;

    /// <summary>Accesses in whose bank a column command is legal by the timing.</summary>
    public static ulong Columns(ReorderWindow window, PseudoChannel dram, DramCommand command, long clock)
    {
        if (clock < dram.EarliestOfAny(command))
        {
            return 0;
        }

        return Union(dram.Legal(command, 0, window.OfHalf(0), clock) | dram.Legal(command, Half, window.OfHalf(Half), clock));
    }

    /// <summary>All accesses of the banks that want a row command and whose command is legal.</summary>
    public static ulong Rows(ReorderWindow window, PseudoChannel dram, long clock)
    {
        // Judged without a branch: whether an activate may come is not foreseen.
        ulong closed = window.InClosedBanks;
        ulong mayOpen = clock >= dram.EarliestOfAny(DramCommand.Activate) ? closed : 0;
        ulong mayClose = clock >= dram.EarliestOfAny(DramCommand.Precharge) ? ~closed : 0;
        Vector512<ulong> low = window.WantRow(0), high = window.WantRow(Half);
        Vector512<ulong> toOpen = dram.Legal(DramCommand.Activate, 0, low, clock) | dram.Legal(DramCommand.Activate, Half, high, clock);
        Vector512<ulong> toClose = dram.Legal(DramCommand.Precharge, 0, low, clock) | dram.Legal(DramCommand.Precharge, Half, high, clock);
        return Union((toOpen & Vector512.Create(mayOpen)) | (toClose & Vector512.Create(mayClose)));
    }

    /// <summary>All accesses of the banks that want a row command.</summary>
    public static ulong WantingRows(ReorderWindow window) => Union(window.WantRow(0) | window.WantRow(Half));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Union(Vector512<ulong> sets)
    {
        Vector256<ulong> four = sets.GetLower() | sets.GetUpper();
        Vector128<ulong> two = four.GetLower() | four.GetUpper();
        return two[0] | two[1];
    }
}
