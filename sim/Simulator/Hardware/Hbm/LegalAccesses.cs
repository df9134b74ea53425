using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// Which accesses of a window may have their command now: the timing of all banks is judged in one pass, four beside each other, and the
/// answer is a mask over the window, in which the oldest access is the lowest bit.
/// </summary>
internal static class LegalAccesses
{
    private const int Beside = 4;

    /// <summary>Accesses in whose bank a column command is legal by the timing.</summary>
    public static ulong Columns(ReorderWindow window, PseudoChannel dram, DramCommand command, long clock)
    {
        if (clock < dram.EarliestOfAny(command))
        {
            return 0;
        }

        Vector256<ulong> legal = Vector256<ulong>.Zero;
        for (int bank = 0; bank < PseudoChannel.Banks; bank += Beside)
        {
            legal |= Vector256.AndNot(window.OfFour(bank), dram.Late(command, bank, clock));
        }

        return Union(legal);
    }

    /// <summary>All accesses of the banks that want a row command and whose command is legal.</summary>
    public static ulong Rows(ReorderWindow window, PseudoChannel dram, long clock)
    {
        // Judged without a branch: whether an activate may come is not foreseen.
        ulong closed = window.InClosedBanks;
        ulong mayOpen = clock >= dram.EarliestOfAny(DramCommand.Activate) ? closed : 0;
        ulong mayClose = clock >= dram.EarliestOfAny(DramCommand.Precharge) ? ~closed : 0;
        Vector256<ulong> toOpen = Vector256<ulong>.Zero, toClose = Vector256<ulong>.Zero;
        for (int bank = 0; bank < PseudoChannel.Banks; bank += Beside)
        {
            Vector256<ulong> wanted = window.WantRow(bank);
            toOpen |= Vector256.AndNot(wanted, dram.Late(DramCommand.Activate, bank, clock));
            toClose |= Vector256.AndNot(wanted, dram.Late(DramCommand.Precharge, bank, clock));
        }

        return Union((toOpen & Vector256.Create(mayOpen)) | (toClose & Vector256.Create(mayClose)));
    }

    /// <summary>All accesses of the banks that want a row command.</summary>
    public static ulong WantingRows(ReorderWindow window)
    {
        Vector256<ulong> wanted = Vector256<ulong>.Zero;
        for (int bank = 0; bank < PseudoChannel.Banks; bank += Beside)
        {
            wanted |= window.WantRow(bank);
        }

        return Union(wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Union(Vector256<ulong> sets)
    {
        Vector128<ulong> half = sets.GetLower() | sets.GetUpper();
        return half[0] | half[1];
    }
}
