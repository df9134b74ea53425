using System.Globalization;
using System.Text.RegularExpressions;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Design;
using BcnnSim.Numerics;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Cosim.Tests;

/// <summary>Yosys on the blocks: no place and route exists here, so these are estimates and no clock follows from them.</summary>
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

    /// <summary>The smallest geometry that has everything; larger ones are recorded in tools/rtl/README.md and held against the estimate there.</summary>
    [Fact]
    public void An_accumulator_bank_takes_what_the_estimate_says()
    {
        PeArrayDesign pe = new() { OutputLanes = 1, PixelLanes = 4, InputLanes = 4, Kind = PeKind.Two, PipelineDepth = 1 };
        string table = Synthesize("bcnn_accumulator_bank", "OutputLanes 1, PixelLanes 4, NormLanes 1, PartialWidth 5, AccumulatorBits 24", "bcnn_accumulator_bank.sv");
        ResourceCount expected = AccumulatorCost.Of(pe, 24);
        AssertWithin(expected, Sum(table, "LUT[1-6]"), Sum(table, "FD[RCSP]E"));
    }

    [Fact]
    public void A_pooling_unit_takes_what_the_estimate_says()
    {
        string table = Synthesize("bcnn_pool_unit", "OutputLanes 1, PixelLanes 4, NormLanes 2, PoolLanes 2, AccumulatorBits 16, StateWords 64", "bcnn_pool_unit.sv bcnn_pool_sums.sv bcnn_memory.sv");
        PoolCost cost = new(1, 2, 2, 16, StateEntries: 128);
        AssertWithin(cost.Logic, Sum(table, "LUT[1-6]"), Sum(table, "FD[RCSP]E"));
        Assert.Equal(cost.State.Lut, 8 * Sum(table, "RAM32M16"));
    }

    [Fact]
    public void A_norm_unit_takes_what_the_estimate_says()
    {
        string table = Synthesize("bcnn_norm_unit", "OutputLanes 1, NormLanes 1, AccumulatorBits 24, PipelineDepth 4, TableChannels 512", "bcnn_norm_unit.sv bcnn_norm_lane.sv bcnn_memory.sv bcnn_delay.sv");
        NormCost cost = new(1, 1, 24, 4);
        AssertWithin(cost.Logic, Sum(table, "LUT[1-6]") + Sum(table, "SRL16E"), Sum(table, "FD[RCSP]E"));
        Assert.Equal(cost.Logic.Dsp, Sum(table, "DSP48E2"));
        Assert.Equal(cost.Table(512).Bram36, (Sum(table, "RAMB18E2") + 1) / 2);
    }

    private static (int Luts, int Registers, int Carries) Synthesize(PeKind kind, int lanes)
    {
        string parameters = string.Create(CultureInfo.InvariantCulture, $"Lanes {lanes}, PeKind {PeArrayLockstep.Popcounts(kind)}, PipelineDepth 1");
        string table = Synthesize("bcnn_dot", parameters, "bcnn_count6.sv bcnn_delay.sv bcnn_popcount.sv bcnn_dot.sv");
        return (Sum(table, "LUT[1-6]"), Sum(table, "FD[RCSP]E"), Sum(table, "CARRY4"));
    }

    /// <summary>Cells of the flat module; the last table is that of the whole hierarchy.</summary>
    private static string Synthesize(string top, string parameters, string files)
    {
        using CosimFolder folder = new();
        RtlSources.Embedded().WriteTo(folder.Path);
        string chosen = string.Concat(parameters.Split(", ").Select(p => " -chparam " + p));
        string log = Tool.Yosys.Run(folder.Path, ["-p", $"read_verilog -sv {files}; hierarchy -check -top {top}{chosen}; synth_xilinx -family xcup -abc9 -nowidelut -noiopad -flatten; check -assert; stat"]);
        return log[log.LastIndexOf("Number of cells:", StringComparison.Ordinal)..];
    }

    private void AssertWithin(ResourceCount expected, int luts, int registers)
    {
        output.WriteLine($"{luts} LUT, {registers} FF; estimate {expected.Lut} LUT, {expected.Ff} FF");
        Assert.InRange(luts, 0.9 * expected.Lut, 1.1 * expected.Lut);
        Assert.InRange(registers, 0.9 * expected.Ff, 1.1 * expected.Ff);
    }

    private static int Sum(string table, string cell) =>
        CellLine().Matches(table).Where(m => Regex.IsMatch(m.Groups[1].Value, $"^{cell}$")).Sum(m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\s+(\w+)\s+(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex CellLine();
}
