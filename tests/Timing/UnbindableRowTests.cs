using BcnnSim.Design;
using BcnnSim.Hardware.Hbm;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>
/// Which rows of the U280 set ever delay a command. Two pseudo-channels see the same legal commands, one with the whole set, one with a
/// row taken out: if no query ever differs, the row cannot bind.
/// </summary>
public sealed class UnbindableRowTests
{
    /// <summary>
    /// tRC = tRAS + tRP: the bank must be closed in between. tRRD_L = tRRD_S. tFAW 15 &lt; 4 tRRD = 16.
    /// </summary>
    [Fact]
    public void In_the_u280_set_only_tRC_tRRD_L_and_tFAW_cannot_bind()
    {
        IEnumerable<string> unbound = BindingCases.All.Where(r => r.Name != "TRfc" && !EverBinds(r, BindingCases.U280)).Select(r => r.Name);
        Assert.Equal(["TFaw", "TRc", "TRrdL"], unbound.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_search_finds_them_binding_where_they_are_longer()
    {
        HbmTiming longer = BindingCases.U280 with { TRc = 50, TRrdL = 6, TFaw = 24 };
        Assert.All(BindingCases.All.Where(r => r.Name is "TRc" or "TRrdL" or "TFaw"), r => Assert.True(EverBinds(r, longer), r.Name));
    }

    private static bool EverBinds(BindingCase row, HbmTiming timing)
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            if (EverBinds(timing, row.With(timing, 1), new Random(seed)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EverBinds(HbmTiming whole, HbmTiming without, Random random)
    {
        PseudoChannel full = new(whole);
        PseudoChannel reduced = new(without);
        long now = 0;
        bool hurry = random.Next(2) == 0;
        for (int i = 0; i < 400; i++)
        {
            LegalCommand command = LegalCommand.Random(random, full);
            long earliest = Math.Max(now, command.Earliest(full));
            if (earliest != Math.Max(now, command.Earliest(reduced)))
            {
                return true;
            }

            now = earliest + (hurry ? 0 : random.Next(20));
            command.Issue(full, now);
            command.Issue(reduced, now);
        }

        return false;
    }
}
