using System.Reflection;
using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>Every timing row in DRAM clocks, each where only it can bind.</summary>
public sealed class PseudoChannelTests
{
    public static TheoryData<string> Rows => [.. BindingCases.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_n_clocks_refuses_at_n_minus_1_and_accepts_at_n(string name)
    {
        BindingCase row = BindingCases.All.Single(r => r.Name == name);
        foreach (int n in (int[])[6, 7, 23])
        {
            HbmTiming timing = row.With(BindingCases.Free, n);
            Assert.True(Refused(row, timing, n - 1), $"{name} = {n} accepts at {n - 1}");
            Assert.False(Refused(row, timing, n), $"{name} = {n} refuses at {n}");

            // It is this row that binds: one clock less, and the command that was refused is legal.
            Assert.False(Refused(row, row.With(BindingCases.Free, n - 1), n - 1), $"another row than {name} binds");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_u280_value_of_a_row_holds_in_its_own_sequence(string name)
    {
        BindingCase row = BindingCases.All.Single(r => r.Name == name);
        int n = (int)typeof(HbmTiming).GetProperty(name)!.GetValue(BindingCases.U280)!;
        HbmTiming timing = row.With(BindingCases.Free, n);
        Assert.True(n == 1 || Refused(row, timing, n - 1));
        Assert.False(Refused(row, timing, n));
    }

    /// <summary>tREFI delays no command; it is tested with the refresh.</summary>
    [Fact]
    public void No_row_of_the_table_is_without_a_test()
    {
        IEnumerable<string> rows = typeof(HbmTiming).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<ParameterAttribute>() is not null).Select(p => p.Name);
        Assert.Equal(rows.Order(StringComparer.Ordinal), BindingCases.All.Select(r => r.Name).Append("TRefi").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Commands_to_a_bank_in_the_wrong_state_are_refused()
    {
        PseudoChannel closed = new(BindingCases.Free);
        Assert.Throws<ModelException>(() => closed.Read(0, 100));
        Assert.Throws<ModelException>(() => closed.Write(0, 100));
        Assert.Throws<ModelException>(() => closed.Precharge(0, 100));
        PseudoChannel open = new(BindingCases.Free);
        open.Activate(0, 3, 0);
        Assert.Equal(3, open.OpenRow(0));
        Assert.Contains("illegal Activate of bank 0 at DRAM clock 100", Assert.Throws<ModelException>(() => open.Activate(0, 4, 100)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_ends_after_latency_and_burst()
    {
        HbmTiming t = BindingCases.U280;
        PseudoChannel dram = new(t);
        dram.Activate(0, 1, 0);
        Assert.Equal(t.TRcdRd + 14 + 2, dram.Read(0, t.TRcdRd));
        Assert.Equal(100 + 4 + 2, dram.Write(0, 100));
    }

    /// <summary>The query names the clock at which the command is first accepted, over random legal traffic.</summary>
    [Fact]
    public void Earliest_is_exactly_the_first_accepted_clock()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            PseudoChannel dram = new(BindingCases.U280);
            long now = 0;
            for (int i = 0; i < 500; i++)
            {
                LegalCommand command = LegalCommand.Random(random, dram);
                long earliest = Math.Max(now, command.Earliest(dram));
                if (earliest > now)
                {
                    Assert.Throws<ModelException>(() => command.Issue(dram, earliest - 1));
                }

                now = earliest + (random.Next(3) == 0 ? random.Next(40) : 0);
                command.Issue(dram, now);
            }
        }
    }

    private static bool Refused(BindingCase row, HbmTiming timing, int clocks)
    {
        PseudoChannel dram = new(timing);
        long from = row.Prepare(dram);
        try
        {
            row.Close(dram, from + clocks);
            return false;
        }
        catch (ModelException)
        {
            return true;
        }
    }
}
