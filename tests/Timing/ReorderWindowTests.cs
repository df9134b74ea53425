using BcnnSim.Hardware.Hbm;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>The window's masks against a list, and the legal accesses of masks against loops over banks and commands.</summary>
public class ReorderWindowTests
{
    private const int Steps = 600;

    public static TheoryData<int, int, bool> Windows => new()
    {
        { 1, 1, false }, { 2, 2, false }, { 3, 64, false }, { 4, 64, false }, { 5, 63, false }, { 6, 17, false }, { 7, 33, false }, { 8, 64, true }, { 9, 9, true },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Every_mask_of_the_window_is_that_of_the_list(int seed, int capacity, bool inOrder)
    {
        var random = new Random(seed);
        var window = new ReorderWindow(capacity, inOrder);
        var list = new ListWindow(inOrder);
        for (int step = 0; step < Steps; step++)
        {
            Change(random, window, list);
            Same(window, list, capacity, $"seed {seed}, step {step}");
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Legal_and_soonest_commands_are_those_a_loop_over_the_banks_finds(int seed, int capacity, bool inOrder)
    {
        var random = new Random(seed + 100);
        var window = new ReorderWindow(capacity, inOrder);
        var list = new ListWindow(inOrder);
        var dram = new PseudoChannel(Designs.Reference().Hbm.Timing);
        for (long clock = 0; clock < 2 * Steps; clock += 1 + random.Next(3))
        {
            Command(random, window, list, dram, clock);
            Change(random, window, list, turnsRows: false);
            string place = $"seed {seed + 100}, clock {clock}";
            Assert.Equal((place, Rows(list, dram, clock)), (place, LegalAccesses.Rows(window, dram, clock)));
            Assert.Equal((place, Union(list, list.WantsRow)), (place, LegalAccesses.WantingRows(window)));
            foreach (DramCommand command in (DramCommand[])[DramCommand.Read, DramCommand.Write])
            {
                Assert.Equal((place, Union(list, bank => dram.Earliest(command, bank) <= clock)), (place, LegalAccesses.Columns(window, dram, command, clock)));
            }

            ulong wanted = (ulong)random.NextInt64(long.MinValue, long.MaxValue) & window.Eligible;
            DramCommand any = (DramCommand)random.Next(4);
            Assert.Equal((place, Soonest(list, dram, any, wanted)), (place, LegalAccesses.Soonest(window, dram, any, wanted)));
        }
    }

    private static void Change(Random random, ReorderWindow window, ListWindow list, bool turnsRows = true)
    {
        int what = random.Next(10);
        int bank = random.Next(PseudoChannel.Banks);
        if (what < 5 && window.HasRoom)
        {
            Add(random, window, list);
        }
        else if (what < 8 && list.Eligible != 0)
        {
            int[] may = [.. Enumerable.Range(0, list.Count).Where(i => (list.Eligible >> i & 1) != 0)];
            int position = may[random.Next(may.Length)];
            Assert.Equal(list.Remove(position), window.Remove(position));
        }
        else if (turnsRows)
        {
            Turn(window, list, bank, list.OpenRow(bank) < 0 ? random.Next(4) : -1);
        }
    }

    private static void Turn(ReorderWindow window, ListWindow list, int bank, int row)
    {
        list.Open(bank, row);
        if (row < 0)
        {
            window.Closed(bank);
        }
        else
        {
            window.Opened(bank, row);
        }
    }

    // Few rows, addresses, ports and identifiers: accesses wait for each other often.
    private static void Add(Random random, ReorderWindow window, ListWindow list)
    {
        ref MemoryAccess next = ref window.Next;
        next.Row = random.Next(8) == 0 ? 16_383 : random.Next(4);
        next.Bank = (byte)random.Next(PseudoChannel.Banks);
        next.Address = ((long)next.Row << 14) | (long)(next.Bank << 8) | (long)(random.Next(2) << 5) | (random.Next(4) == 0 ? 1L << 32 : 0);
        next.Port = (byte)random.Next(3);
        next.Id = (byte)random.Next(1, 20);
        next.IsWrite = random.Next(3) == 0;
        list.Add(next);
        window.AddNext(list.OpenRow(next.Bank));
    }

    private static void Command(Random random, ReorderWindow window, ListWindow list, PseudoChannel dram, long clock)
    {
        int bank = random.Next(PseudoChannel.Banks);
        bool open = dram.OpenRow(bank) >= 0;
        DramCommand command = !open ? DramCommand.Activate : (DramCommand)random.Next((int)DramCommand.Precharge, (int)DramCommand.Write + 1);
        if (dram.Earliest(command, bank) > clock)
        {
            return;
        }

        int row = command == DramCommand.Activate ? random.Next(4) : -1;
        dram.Issue(command, bank, row, clock);
        if (command is DramCommand.Activate or DramCommand.Precharge)
        {
            Turn(window, list, bank, row);
        }
    }

    private static ulong Rows(ListWindow list, PseudoChannel dram, long clock) => Union(
        list, bank => list.WantsRow(bank) && dram.Earliest(dram.OpenRow(bank) < 0 ? DramCommand.Activate : DramCommand.Precharge, bank) <= clock);

    private static ulong Union(ListWindow list, Func<int, bool> of) =>
        Enumerable.Range(0, PseudoChannel.Banks).Where(of).Select(list.OfBank).Aggregate(0UL, (a, b) => a | b);

    private static long Soonest(ListWindow list, PseudoChannel dram, DramCommand command, ulong wanted) => Enumerable.Range(0, PseudoChannel.Banks)
        .Where(bank => (list.OfBank(bank) & wanted) != 0).Select(bank => dram.Earliest(command, bank)).DefaultIfEmpty(long.MaxValue).Min();

    private static void Same(ReorderWindow window, ListWindow list, int capacity, string place)
    {
        Assert.Equal((place, list.Count, list.Count < capacity), (place, window.Count, window.HasRoom));
        Assert.Equal((place, list.Eligible, list.Hits, list.Writes, list.InClosedBanks), (place, window.Eligible, window.Hits, window.Writes, window.InClosedBanks));
        Assert.Equal((place, list.Eligible & list.Hits), (place, window.Ready));
        Assert.All(Enumerable.Range(0, PseudoChannel.Banks), bank => Assert.Equal((place, list.OfBank(bank)), (place, window.OfBank(bank))));
        Assert.All(Enumerable.Range(0, list.Count), i => Assert.Equal((place, list[i].Address, list[i].Row), (place, window.At(i).Address, window.At(i).Row)));
        Assert.Equal((place, list.Count == 0 ? 0 : list.BypassesOfOldest), (place, list.Count == 0 ? 0 : window.BypassesOfOldest));
    }
}
