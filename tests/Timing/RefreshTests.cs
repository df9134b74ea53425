using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>All-bank refresh, computed only when somebody asks.</summary>
public sealed class RefreshTests
{
    private static HbmDesign Hbm => Harness.Designs.Reference().Hbm;

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(31)]
    public void Refresh_of_pseudo_channel_p_is_due_at_tREFI_times_p_plus_1_over_32_and_then_every_tREFI(int p)
    {
        RefreshSchedule timer = new(Hbm, p);
        PseudoChannel dram = new(Hbm.Timing);
        HbmStatistics statistics = new();
        for (int k = 0; k < 5; k++)
        {
            long due = (3510L * (p + 1) / 32) + (3510L * k);
            timer.Advance(due - 1, dram, statistics);
            Assert.Equal(k, statistics.Refreshes);
            Assert.Equal(0xFFFF, timer.Advance(due, dram, statistics));
            Assert.Equal(due + (due & 1) + 234, dram.Earliest(DramCommand.Activate, 5));
            Assert.Equal(k + 1, statistics.Refreshes);
        }
    }

    [Fact]
    public void Without_refresh_nothing_is_ever_due()
    {
        HbmStatistics statistics = new();
        Assert.Equal(0, new RefreshSchedule(Hbm with { Refresh = RefreshMode.Off }, 0).Advance(1L << 50, new PseudoChannel(Hbm.Timing), statistics));
        Assert.Equal(0, statistics.Refreshes);
    }

    /// <summary>Open at 0, due at 10: precharge at tRAS 30, refresh tRP 13 later, banks free tRFC 234 after that.</summary>
    [Fact]
    public void Refresh_waits_for_precharge_all_and_closes_every_bank()
    {
        CommandLog log = new();
        PseudoChannel dram = new(Hbm.Timing) { Observer = log };
        dram.Activate(3, 5, 0);
        dram.Activate(9, 5, 4);
        Assert.Equal(34 + 13 + 234, dram.Refresh(10));
        Assert.All(Enumerable.Range(0, 16), bank => Assert.Equal(-1, dram.OpenRow(bank)));
        Assert.Equal(
            [(DramCommand.Activate, 3, 0L), (DramCommand.Activate, 9, 4L), (DramCommand.Precharge, 3, 34L), (DramCommand.Precharge, 9, 34L), (DramCommand.Refresh, -1, 47L)],
            log.Commands.Select(c => (c.Command, c.Bank, c.Clock)));
    }

    /// <summary>Bank after bank, each closed before; the others stay open.</summary>
    [Fact]
    public void Single_bank_refresh_goes_round_the_banks_every_tREFI_over_16()
    {
        CommandLog log = new();
        RefreshSchedule timer = new(Hbm with { Refresh = RefreshMode.SingleBank }, 31);
        PseudoChannel dram = new(Hbm.Timing) { Observer = log };
        HbmStatistics statistics = new();
        dram.Activate(0, 5, 0);
        dram.Activate(2, 5, 4);
        const int Interval = 3510 / 16;
        Assert.Equal(0, timer.Advance(Interval - 1, dram, statistics));
        Assert.Equal(0b101, timer.Advance(3 * Interval, dram, statistics) & 0b101);
        Assert.Equal(3, statistics.Refreshes);
        Assert.Equal(
            [(DramCommand.Precharge, 0, 220L), (DramCommand.RefreshBank, 0, 234L), (DramCommand.RefreshBank, 1, 438L), (DramCommand.Precharge, 2, 658L), (DramCommand.RefreshBank, 2, 672L)],
            log.Commands.Skip(2).Select(c => (c.Command, c.Bank, c.Clock)));
        Assert.Equal(672 + 144, dram.Earliest(DramCommand.Activate, 2));
    }

    [Theory]
    [InlineData(RefreshMode.AllBank)]
    [InlineData(RefreshMode.SingleBank)]
    public void Computed_late_it_leaves_the_same_state_as_walked_clock_by_clock(RefreshMode mode)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            HbmDesign hbm = Hbm with { Refresh = mode, Timing = Hbm.Timing with { TRefi = random.Next(600, 6000) } };
            int p = random.Next(32);
            Walker lazy = new(hbm, p);
            Walker eager = new(hbm, p);
            long now = 0;
            for (int i = 0; i < 200; i++)
            {
                // Long silences now and then, over several refreshes.
                long next = now + (random.Next(10) == 0 ? random.Next(5000) : random.Next(1, 60));
                for (long clock = now + 1; clock < next; clock++)
                {
                    eager.Advance(clock);
                }

                now = next;
                string context = $"seed {seed}, clock {now}";
                lazy.Advance(now);
                eager.Advance(now);
                Assert.True(lazy.State() == eager.State(), context);
                LegalCommand command = LegalCommand.Random(random, lazy.Dram);
                if (command.Command != DramCommand.RefreshBank && now >= command.Earliest(lazy.Dram))
                {
                    command.Issue(lazy.Dram, now);
                    command.Issue(eager.Dram, now);
                }
            }

            Assert.True(lazy.Log.Commands.SequenceEqual(eager.Log.Commands), $"seed {seed}");
        }
    }

    /// <summary>Idle time is passed in rounds; refreshes that take longer than their interval are late and never skipped.</summary>
    [Theory]
    [InlineData(RefreshMode.AllBank)]
    [InlineData(RefreshMode.SingleBank)]
    public void Long_silence_passed_at_once_leaves_the_same_state_as_refresh_by_refresh(RefreshMode mode)
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Random random = new(seed);
            HbmTiming timing = Hbm.Timing with { TRefi = random.Next(200, 6000), TRfc = random.Next(20, 500), TRfcSb = random.Next(20, 2000), TRrefd = random.Next(4, 40) };
            HbmDesign hbm = Hbm with { Refresh = mode, Timing = timing };
            int p = random.Next(32);
            Walker lazy = new(hbm, p, observed: false), eager = new(hbm, p, observed: false);
            long now = 0;
            for (int i = 0; i < 30; i++)
            {
                long next = now + random.Next(1, 300 * timing.TRefi);
                for (long clock = now + 1; clock < next; clock += Math.Max(1, timing.TRefi / 20))
                {
                    eager.Advance(clock);
                }

                now = next;
                lazy.Advance(now);
                eager.Advance(now);
                Assert.True(lazy.State() == eager.State(), $"seed {seed}, clock {now}");
                LegalCommand command = LegalCommand.Random(random, lazy.Dram);
                if (command.Command is not (DramCommand.RefreshBank or DramCommand.Refresh) && now >= command.Earliest(lazy.Dram))
                {
                    command.Issue(lazy.Dram, now);
                    command.Issue(eager.Dram, now);
                }
            }
        }
    }

    /// <summary>A trace may be silent for years: that must take no time, and no longer than an interrupt may wait.</summary>
    [Theory]
    [InlineData(RefreshMode.AllBank, 1)]
    [InlineData(RefreshMode.SingleBank, 16)]
    public void Silence_of_any_length_is_passed(RefreshMode mode, int perInterval)
    {
        HbmStatistics statistics = new();
        HbmDesign hbm = Hbm with { Refresh = mode, Timing = Hbm.Timing with { TRefi = 3520 } };
        new RefreshSchedule(hbm, 31).Advance(3520L << 40, new PseudoChannel(hbm.Timing), statistics);
        Assert.Equal((long)perInterval << 40, statistics.Refreshes);
    }

    /// <summary>An idle pseudo-channel has no event, yet its refreshes are counted: those due up to the end.</summary>
    [Fact]
    public void Refreshes_of_idle_time_are_counted_at_the_end()
    {
        MemoryRig rig = new(Harness.Designs.Reference(), [new(0, 1), new(0, 1, 100_000)], pseudoChannel: 31);
        rig.Simulation.Run();
        long cycle = rig.Simulation.Now / rig.AxiClock.Period;
        Assert.True(cycle > 150_000);
        rig.Controller.SettleRefresh(cycle);
        Assert.Equal(1 + (((2 * cycle) - 3510) / 3510), rig.Statistics.Refreshes);
    }

    private sealed class Walker
    {
        private readonly RefreshSchedule timer;
        private readonly HbmStatistics statistics = new();

        public Walker(HbmDesign hbm, int p, bool observed = true)
        {
            timer = new RefreshSchedule(hbm, p);
            Dram = new PseudoChannel(hbm.Timing) { Observer = observed ? Log : null };
        }

        public CommandLog Log { get; } = new();

        public PseudoChannel Dram { get; }

        public long Advance(long clock) => timer.Advance(clock, Dram, statistics);

        public string State() => string.Join(' ', Enumerable.Range(0, 16)
            .Select(b => $"{Dram.OpenRow(b)}:{string.Join(':', Enum.GetValues<DramCommand>().Select(c => Dram.Earliest(c, b)))}")
            .Append($"{statistics.Refreshes}"));
    }
}
