using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class NormUnitCosimTests
{
    private const long Seed = 20260104;
    private const int Geometries = 20;
    private const string Unit = "bcnn_norm_unit.sv";
    private const string Lane = "bcnn_norm_lane.sv";
    private static readonly string[] Files = [Unit, Lane, "bcnn_memory.sv", "bcnn_delay.sv"];

    private static readonly string[][] Parameters =
    [
        ["OutputLanes=1", "NormLanes=1", "PipelineDepth=1", "TableChannels=1"],
        ["OutputLanes=3", "NormLanes=6", "PipelineDepth=2", "TableChannels=20"],
        ["OutputLanes=4", "NormLanes=2", "PipelineDepth=3", "AccumulatorBits=32", "TableChannels=64"],
        ["OutputLanes=2", "NormLanes=4", "PipelineDepth=6", "TableChannels=64"],
    ];

    [Fact]
    public void Twenty_random_units_of_each_kind_and_of_a_mixture_differ_in_no_cycle_and_no_bit()
    {
        NormUnitLockstep[] designs = [.. NormUnitCase.Random(Seed, Geometries).Select(c => new NormUnitLockstep(c))];

        CosimulationReport report = new CosimulationRun(new CosimulationOptions { WaveFolder = Path.GetTempPath() }).Execute("norm-unit", designs, 10_000);

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal(4 * Geometries, report.Blocks.Count);
        Assert.All(report.Blocks, row => Assert.Equal(10_000, row.Cycles));
        Assert.All(report.Blocks, row => Assert.True(row.Beats > 1_000, $"{row.Design} moved {row.Beats} beats only"));
        Assert.True(designs.Count(d => d.Saturations > 100) >= Geometries, "values saturate in many designs");
    }

    [Fact]
    public void A_half_that_is_not_rounded_up_is_caught() =>
        Caught(Lane, "assign value   = (doubled + 48'sd1) >>> 1;", "assign value   = doubled >>> 1;", "values.");

    [Fact]
    public void A_wrong_sign_at_zero_is_caught() =>
        Caught(Lane, "threshold_d ? ~above_d : y[47];", "threshold_d ? ~above_d : y[47] | (y == '0);", "bits.");

    [Fact]
    public void A_threshold_that_does_not_hold_at_equality_is_caught() =>
        Caught(Lane, "(operand >= constant)", "(operand > constant)", "bits.");

    [Fact]
    public void A_missing_inversion_is_caught() =>
        Caught(Lane, " ^ inversions_i[part];", ";", "bits.");

    [Fact]
    public void A_missing_saturation_is_caught() =>
        Caught(Lane, "gen_part[0].fits ? gen_part[0].value[15:0] :", "1'b1 ? gen_part[0].value[15:0] :", "values.re");

    [Fact]
    public void A_saturation_counted_in_a_lane_that_does_not_exist_is_caught() =>
        Caught(Unit, "assign live                = (16'(p) < middle_tag[31:16]) & (16'(c) < middle_tag[63:48]);", "assign live                = 1'b1;", "values.saturations");

    [Fact]
    public void Swapped_re_and_im_are_caught() =>
        Caught(Lane, "$signed(coefficients_i[31:16]) * $signed(im_i);", "$signed(coefficients_i[31:16]) * $signed(re_i);", ".re");

    [Fact]
    public void A_diagonal_norm_with_the_complex_norms_coefficient_is_caught() =>
        Caught(Unit, "{constants[31:16], 16'b0, 16'b0, constants[15:0]};", "{constants[63:48], 16'b0, 16'b0, constants[15:0]};", ".im");

    [Fact]
    public void Constants_that_are_not_turned_to_the_layers_first_channel_are_caught() =>
        Caught(Unit, "if (rotation[s]) begin", "if (1'b0) begin", "");

    [Fact]
    public void A_pipeline_that_looks_at_the_wrong_channels_space_is_caught() =>
        Caught(Unit, "(to_values ? values_ready_i : bits_ready_i);", "bits_ready_i;", ".count");

    [Fact]
    public void A_completion_told_twice_is_caught() =>
        Caught(Unit, "assign loaded_valid_o = complete & ~reported_q;", "assign loaded_valid_o = complete;", "loaded.count");

    [Fact]
    public void Verilator_has_no_warning_and_Icarus_and_Yosys_take_it() => ToolAcceptance.Check("bcnn_norm_unit", Files, Parameters);

    /// <summary>Designs of two geometries, all kinds and a mixture each.</summary>
    private static void Caught(string file, string before, string after, string signal) =>
        PlantedFault.Caught("norm-unit", NormUnitCase.Random(Seed, 3).Skip(4).Select(c => new NormUnitLockstep(c)), Seed, file, before, after, signal);
}
