using System.Globalization;
using System.Text.RegularExpressions;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Numerics;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Cosim.Tests;

/// <summary>Yosys on the PE: no place and route exists here, so these are estimates and no clock follows from them.</summary>
public sealed partial class SynthesisTests(ITestOutputHelper output)
{
    // First synthesis of a 64-lane PE with mask, before this circuit (network.md, section 1).
    private static readonly Dictionary<PeKind, int> FirstSynthesis = new() { [PeKind.Four] = 671, [PeKind.Three] = 566, [PeKind.Two] = 389 };

    [Theory]
    [InlineData(PeKind.Two, 64)]
    [InlineData(PeKind.Three, 64)]
    [InlineData(PeKind.Four, 64)]
    [InlineData(PeKind.Two, 4)]
    public void Yosys_needs_the_LUTs_and_registers_that_the_structure_says(PeKind kind, int lanes)
    {
        (int luts, int registers, int carries) = Synthesize(kind, lanes);

        int expected = DotCost.LookUpTables(kind, lanes);
        output.WriteLine($"{kind}, {lanes} lanes, two masks, no accumulator: {luts} LUT, {registers} FF, {(carries + 1) / 2} CARRY8; structure {expected} LUT"
            + (lanes == 64 ? $"; first synthesis {FirstSynthesis[kind]} LUT" : ""));
        Assert.InRange(luts, 0.9 * expected, 1.1 * expected);
        Assert.Equal(DotCost.FlipFlops(lanes), registers);
    }

    [Fact]
    public void Two_popcounts_cost_least()
    {
        foreach (int lanes in (int[])[4, 8, 16, 32, 64])
        {
            Assert.True(DotCost.LookUpTables(PeKind.Two, lanes) < DotCost.LookUpTables(PeKind.Three, lanes));
            Assert.True(DotCost.LookUpTables(PeKind.Two, lanes) < DotCost.LookUpTables(PeKind.Four, lanes));
        }
    }

    private static (int Luts, int Registers, int Carries) Synthesize(PeKind kind, int lanes)
    {
        using CosimFolder folder = new();
        RtlSources.Embedded().WriteTo(folder.Path);
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $"read_verilog -sv bcnn_count6.sv bcnn_delay.sv bcnn_popcount.sv bcnn_dot.sv; hierarchy -check -top bcnn_dot -chparam Lanes {lanes} -chparam PeKind {PeArrayLockstep.Popcounts(kind)} -chparam PipelineDepth 1; synth_xilinx -family xcup -abc9 -nowidelut -noiopad -flatten; check -assert; stat");
        string log = Tool.Yosys.Run(folder.Path, ["-p", script]);

        // The last table is that of the whole hierarchy.
        string table = log[log.LastIndexOf("Number of cells:", StringComparison.Ordinal)..];
        return (Sum(table, "LUT[1-6]"), Sum(table, "FD[RCSP]E"), Sum(table, "CARRY4"));
    }

    private static int Sum(string table, string cell) =>
        CellLine().Matches(table).Where(m => Regex.IsMatch(m.Groups[1].Value, $"^{cell}$")).Sum(m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\s+(\w+)\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex CellLine();
}
