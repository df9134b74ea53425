using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BcnnSim.Design;
using BcnnSim.Kernel;

namespace BcnnSim.Hardware.Hbm;

/// <summary>
/// DRAM state of one pseudo-channel: pure queries of the earliest legal clock of a command, and one mutator that throws on an illegal
/// one. It interprets the rows of <see cref="TimingTable"/>: a command pushes the earliest clocks of those that its rows delay.
/// All times in DRAM clocks. 16 banks = 4 groups x 4; the low two bits of a bank number are its group.
/// </summary>
public sealed class PseudoChannel
{
    public const int Banks = 16;

    /// <summary>Bank groups, and banks whose clocks are compared beside each other: one of every group.</summary>
    internal const int Groups = 4;

    private const int Commands = 6;
    private const long Never = long.MinValue / 4;

    // Earliest clocks by command and bank, then by command and group, then by command.
    private const int OfGroup = Commands * Banks;
    private const int OfAny = OfGroup + (Commands * Groups);
    private readonly Delay[][] delays;
    private readonly int[] openRow = new int[Banks];
    private readonly long[] earliest = new long[OfAny + Commands];
    private readonly long[] lastFour = new long[4];
    private readonly int fourActivates;
    private readonly int readEnd;
    private readonly int writeEnd;
    private int nextOfFour;

    /// <param name="timing">Timing set.</param>
    /// <param name="refresh">The only kind of refresh that will be issued: rows of the other need no bookkeeping; null for both.</param>
    public PseudoChannel(HbmTiming timing, RefreshMode? refresh = null)
    {
        TimingRow[] rows = [.. TimingTable.Of(timing).Where(row => MayOccur(row.From, refresh) && MayOccur(row.To, refresh))];
        delays = [.. Enum.GetValues<DramCommand>().Select(from => rows.Where(r => r.From == from && Delays(r, rows)).Select(r => new Delay(r)).ToArray())];
        fourActivates = rows.Single(r => r.Scope == TimingScope.FourActivates).Clocks;
        readEnd = TimingTable.ReadEnd(timing);
        writeEnd = TimingTable.WriteEnd(timing);
        Array.Fill(openRow, -1);
        Array.Fill(earliest, Never);
        Array.Fill(lastFour, Never);
    }

    /// <summary>Told of every command; null if nobody listens.</summary>
    public IDramCommandObserver? Observer { get; set; }

    /// <summary>Row open in a bank, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OpenRow(int bank) => openRow[bank];

    /// <summary>Earliest legal clock by the timing alone; whether the bank is open or closed is another rule. Bank -1 = all banks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Earliest(DramCommand command, int bank)
    {
        if (bank < 0)
        {
            return EarliestOfAll(command);
        }

        int c = (int)command;
        long clock = Math.Max(Math.Max(earliest[(c * Banks) + bank], earliest[OfGroup + (c * Groups) + (bank & (Groups - 1))]), earliest[OfAny + c]);
        return command == DramCommand.Activate ? Math.Max(clock, lastFour[nextOfFour] + fourActivates) : clock;
    }

    /// <summary>Of the sets of four banks from a multiple of four on, those in which a command is legal by the timing of banks and groups alone; empty ones elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<ulong> Legal(DramCommand command, int firstBank, Vector256<ulong> sets, long clock) => Vector256.ConditionalSelect(
        Vector256.GreaterThan(ClocksOfFour(command, firstBank), Vector256.Create(clock)).AsUInt64(), Vector256<ulong>.Zero, sets);

    /// <summary>Earliest clocks by the timing of banks and groups alone of four banks; long.MaxValue where the set of a bank is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<long> ClocksWhereAny(DramCommand command, int firstBank, Vector256<ulong> sets) => Vector256.ConditionalSelect(
        Vector256.Equals(sets, Vector256<ulong>.Zero).AsInt64(), Vector256.Create(long.MaxValue), ClocksOfFour(command, firstBank));

    /// <summary>Clock before which a command is legal in no bank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long EarliestOfAny(DramCommand command) =>
        command == DramCommand.Activate ? Math.Max(earliest[OfAny + (int)command], lastFour[nextOfFour] + fourActivates) : earliest[OfAny + (int)command];

    /// <summary>Clock after the last data of a read issued at <paramref name="clock"/>.</summary>
    public long ReadEnd(long clock) => clock + readEnd;

    /// <summary>Clock after the last data of a write issued at <paramref name="clock"/>.</summary>
    public long WriteEnd(long clock) => clock + writeEnd;

    /// <summary>Issues a command; throws if state or timing forbid it.</summary>
    /// <param name="command">What.</param>
    /// <param name="bank">0..15; -1 for an all-bank refresh.</param>
    /// <param name="row">Row of an activate; -1 otherwise.</param>
    /// <param name="clock">DRAM clock.</param>
    public void Issue(DramCommand command, int bank, int row, long clock)
    {
        if (!StateAllows(command, bank) || clock < Earliest(command, bank))
        {
            throw Illegal(command, bank, clock);
        }

        Observer?.OnCommand(command, bank, row, clock);
        Push(command, bank, clock);
        if (command == DramCommand.Activate)
        {
            openRow[bank] = row;
            lastFour[nextOfFour] = clock;
            nextOfFour = (nextOfFour + 1) & 3;
        }
        else if (command == DramCommand.Precharge)
        {
            openRow[bank] = -1;
        }
    }

    /// <summary>Whether a row pushes a clock: not if another one of its commands delays more banks by at least as much.</summary>
    private static bool Delays(TimingRow row, TimingRow[] rows) => row.Scope != TimingScope.FourActivates && !Array.Exists(
        rows, r => r.From == row.From && r.To == row.To && r.Scope > row.Scope && r.Scope <= TimingScope.PseudoChannel && r.Clocks >= row.Clocks);

    private static bool MayOccur(DramCommand command, RefreshMode? refresh) => refresh is not { } mode || command switch
    {
        DramCommand.Refresh => mode == RefreshMode.AllBank,
        DramCommand.RefreshBank => mode == RefreshMode.SingleBank,
        _ => true,
    };

    // Apart: its text would take registers and stack of every command.
    private static ModelException Illegal(DramCommand command, int bank, long clock) => new($"illegal {command} of bank {bank} at DRAM clock {clock}");

    private void Push(DramCommand command, int bank, long clock)
    {
        long[] clocks = earliest;
        foreach (ref readonly Delay delay in delays[(int)command].AsSpan())
        {
            ref long pushed = ref clocks[delay.First + (bank & delay.BankBits)];
            pushed = Math.Max(pushed, clock + delay.Clocks);
        }
    }

    private bool StateAllows(DramCommand command, int bank) => command switch
    {
        DramCommand.Activate or DramCommand.RefreshBank => openRow[bank] < 0,
        DramCommand.Refresh => bank < 0 && openRow.AsSpan().IndexOfAnyExcept(-1) < 0,
        _ => openRow[bank] >= 0,
    };

    /// <summary>Without those of the whole pseudo-channel. The low two bits of a bank are its group: four banks stand beside the four groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<long> ClocksOfFour(DramCommand command, int firstBank)
    {
        ref long first = ref MemoryMarshal.GetArrayDataReference(earliest);
        return Vector256.Max(
            Vector256.LoadUnsafe(ref first, (nuint)(((int)command * Banks) + firstBank)), Vector256.LoadUnsafe(ref first, (nuint)(OfGroup + ((int)command * Groups))));
    }

    private long EarliestOfAll(DramCommand command)
    {
        long clock = Never;
        for (int bank = 0; bank < Banks; bank++)
        {
            clock = Math.Max(clock, Earliest(command, bank));
        }

        return clock;
    }

    /// <summary>A row of the timing table by what it pushes: of the clocks from <see cref="First"/> on, that of these bits of the bank.</summary>
    private readonly struct Delay(TimingRow row)
    {
        public readonly int First = row.Scope switch
        {
            TimingScope.Bank => (int)row.To * Banks,
            TimingScope.Group => OfGroup + ((int)row.To * Groups),
            _ => OfAny + (int)row.To,
        };

        public readonly int BankBits = row.Scope switch
        {
            TimingScope.Bank => Banks - 1,
            TimingScope.Group => Groups - 1,
            _ => 0,
        };

        public readonly int Clocks = row.Clocks;
    }
}
