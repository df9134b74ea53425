using System.Text;
using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Timing;
using Xunit;

namespace BcnnSim.Tests.Design;

public sealed class HbmTimingFileTests
{
    private static string Folder => Path.Combine(Designs.Root, "models", "timings");

    private static string U280 => File.ReadAllText(Path.Combine(Folder, "u280.json"));

    [Fact]
    public void The_set_of_the_board_is_the_one_of_the_reference_design()
    {
        HbmTimingSet set = HbmTimingFile.Read(Path.Combine(Folder, "u280.json"));
        Assert.Equal(Designs.Reference(), set.ApplyTo(Designs.Reference(), "u280.json"));
        Assert.All(set.Rows, row => Assert.True(row.Source.Length > 3, row.Parameter));
    }

    /// <summary>Another set runs through the same table: its peak is 2 x 8 bytes per clock less the refresh.</summary>
    [Fact]
    public void A_public_preset_runs_and_reaches_its_own_closed_form()
    {
        AcceleratorDesign other = HbmTimingFile.Read(Path.Combine(Folder, "hbm2-8gb.json")).ApplyTo(Designs.Reference(), "hbm2");
        Assert.Equal(500_000, other.Clocks.AxiKilohertz);
        double ceiling = 16 * (1 - (260.0 / 3900));
        Assert.InRange(MemoryRun.Stride(other, 32, 1 << 28, 200_000), ceiling * 0.98, ceiling);
        Assert.Equal([55, 48, 62], MemoryRun.Latencies(MemoryRun.WithoutRefresh(other with { Axi = other.Axi with { SwitchOn = false } }), 0, 0));
    }

    [Theory]
    [InlineData("\"tRc\": { \"clocks\": 43,", "\"tRc\": { \"clocks\": 42,", "hbm.timing.tRc", "tRC >= tRAS + tRP = 43")]
    [InlineData("\"burstClocks\": { \"clocks\": 2,", "\"burstClocks\": { \"clocks\": 0,", "rows.burstClocks.clocks", "1..16")]
    [InlineData("\"tRas\"", "\"tRax\"", "rows.tRax", "unknown row")]
    [InlineData("\"tRas\"", "\"tRax\"", "rows.tRas", "one object")]
    [InlineData("\"tRas\"", "\"tRc\"", "rows.tRc", "one object")]
    [InlineData("\"source\": \"memory\"", "\"source\": \" \"", "rows.cwl.source", "must be a text")]
    [InlineData("\"source\": \"memory\"", "\"origin\": \"memory\"", "rows.cwl.origin", "unknown key")]
    [InlineData("\"dramKilohertz\": 900000", "\"dramKilohertz\": 899999", "dramKilohertz", "even")]
    [InlineData("\"dramKilohertz\": 900000", "\"dramKilohertz\": -1", "dramKilohertz", "whole number")]
    [InlineData("bcnnsim.timing/1", "bcnnsim.timing/2", "schema", "must be")]
    [InlineData("\"name\"", "\"title\"", "title", "unknown key")]
    [InlineData("\"clocks\": 43", "\"clocks\": 43.5", "rows.tRc.clocks", "whole number")]
    public void A_wrong_set_is_refused_with_place_and_rule(string right, string wrong, string place, string rule)
    {
        string text = U280.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(U280, text);
        InputException refusal = Assert.Throws<InputException>(() => HbmTimingFile.Parse(Encoding.UTF8.GetBytes(text), "t.json").ApplyTo(Designs.Reference(), "t.json"));
        Assert.Contains(refusal.Violations, v => v.Place == place && v.Rule.Contains(rule, StringComparison.Ordinal));
    }

    /// <summary>Damaged files are refused or read, never anything else.</summary>
    [Fact]
    public void Fuzz()
    {
        const int Seed = 11;
        Random random = new(Seed);
        byte[] valid = Encoding.UTF8.GetBytes(U280);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. valid];
            for (int k = random.Next(1, 5); k > 0; k--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = HbmTimingFile.Parse(bytes.AsMemory(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length), $"seed {Seed} round {i}").ApplyTo(Designs.Reference(), "t");
            }
            catch (InputException)
            {
                continue;
            }
        }
    }
}
