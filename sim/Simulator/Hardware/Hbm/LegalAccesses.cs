using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Which accesses of a window may have their command now: the timing of all banks is judged in one pass, four beside each other, and the
/// answer is a mask over the window, in which the oldest access is the lowest bit. Written out for the four fours: a loop would load
/// what stays the same again.
/// </summary>
internal static class LegalAccesses
{
    // First banks of the fours behind the first.
    private const int B = PseudoChannel.Groups;
    private const int C = 2 * B;
    private const int D = 3 * B;

    /// <summary>Accesses in whose bank a column command is legal by the timing.</summary>
    public static ulong Columns(ReorderWindow window, PseudoChannel dram, DramCommand command, long clock)
    {
        if (clock < dram.EarliestOfAny(command))
        {
            return 0;
        }

        return Union(
            dram.Legal(command, 0, window.OfFour(0), clock) | dram.Legal(command, B, window.OfFour(B), clock)
            | dram.Legal(command, C, window.OfFour(C), clock) | dram.Legal(command, D, window.OfFour(D), clock));
    }

    /// <summary>All accesses of the banks that want a row command and whose command is legal.</summary>
    public static ulong Rows(ReorderWindow window, PseudoChannel dram, long clock)
    {
        // Judged without a branch: whether an activate may come is not foreseen.
        ulong closed = window.InClosedBanks;
        ulong mayOpen = clock >= dram.EarliestOfAny(DramCommand.Activate) ? closed : 0;
        ulong mayClose = clock >= dram.EarliestOfAny(DramCommand.Precharge) ? ~closed : 0;
        Vector256<ulong> a = window.WantRow(0), b = window.WantRow(B), c = window.WantRow(C), d = window.WantRow(D);
        Vector256<ulong> toOpen = dram.Legal(DramCommand.Activate, 0, a, clock) | dram.Legal(DramCommand.Activate, B, b, clock)
            | dram.Legal(DramCommand.Activate, C, c, clock) | dram.Legal(DramCommand.Activate, D, d, clock);
        Vector256<ulong> toClose = dram.Legal(DramCommand.Precharge, 0, a, clock) | dram.Legal(DramCommand.Precharge, B, b, clock)
            | dram.Legal(DramCommand.Precharge, C, c, clock) | dram.Legal(DramCommand.Precharge, D, d, clock);
        return Union((toOpen & Vector256.Create(mayOpen)) | (toClose & Vector256.Create(mayClose)));
    }

    /// <summary>All accesses of the banks that want a row command.</summary>
    public static ulong WantingRows(ReorderWindow window) => Union(window.WantRow(0) | window.WantRow(B) | window.WantRow(C) | window.WantRow(D));

    /// <summary>Earliest legal clock of a command by the timing alone, in any bank that one of the wanted accesses goes to; long.MaxValue of none.</summary>
    public static long Soonest(ReorderWindow window, PseudoChannel dram, DramCommand command, ulong wanted)
    {
        Vector256<ulong> all = Vector256.Create(wanted);
        Vector256<long> soonest = Vector256.Min(
            Vector256.Min(dram.ClocksWhereAny(command, 0, window.OfFour(0) & all), dram.ClocksWhereAny(command, B, window.OfFour(B) & all)),
            Vector256.Min(dram.ClocksWhereAny(command, C, window.OfFour(C) & all), dram.ClocksWhereAny(command, D, window.OfFour(D) & all)));
        Vector128<long> two = Vector128.Min(soonest.GetLower(), soonest.GetUpper());
        return Math.Max(dram.EarliestOfAny(command), Math.Min(two[0], two[1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Union(Vector256<ulong> sets)
    {
        Vector128<ulong> two = sets.GetLower() | sets.GetUpper();
        return two[0] | two[1];
    }
}
