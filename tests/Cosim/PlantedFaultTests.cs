using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Design;
using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Cosim.Tests;

/// <summary>A harness that finds nothing proves something only if it finds what is there.</summary>
public sealed class PlantedFaultTests
{
    private const long Seed = 99;

    [Fact]
    public void A_weight_mask_that_is_ignored_is_caught() =>
        Caught("bcnn_dot.sv", "assign live = weight_mask_i & value_mask_i;", "assign live = value_mask_i;", "partial.re");

    [Fact]
    public void Swapped_re_and_im_are_caught() =>
        Caught("bcnn_dot.sv", ".data_i({half_im, half_re})", ".data_i({half_re, half_im})", "partial.im");

    [Fact]
    public void One_pipeline_stage_too_many_is_caught() =>
        Caught("bcnn_pe_array_bench.sv", ".PipelineDepth(PipelineDepth),", ".PipelineDepth(PipelineDepth + 1),", "partial.count");

    [Fact]
    public void A_ready_that_follows_the_consumer_in_the_same_cycle_is_caught() =>
        Caught("bcnn_channel.sv", "assign wready_o = (count_q != CountWidth'(Depth));", "assign wready_o = (count_q != CountWidth'(Depth)) | rready_i;", ".ready");

    [Fact]
    public void A_pipeline_that_does_not_stall_drops_a_beat_and_is_caught() =>
        Caught("bcnn_pe_array.sv", "assign advance = ~valid_q[PipelineDepth-1] | partial_ready_i;", "assign advance = 1'b1;", "window.count");

    [Fact]
    public void A_window_taken_without_its_weight_is_caught() =>
        Caught("bcnn_pe_array.sv", "assign window_ready_o  = advance & weight_valid_i;", "assign window_ready_o  = advance;", "window.count");

    [Fact]
    public void A_carry_lost_in_the_adder_tree_is_caught() =>
        Caught("bcnn_count6.sv", "assign count[1] = carry_low ^ carry_high ^ carry;", "assign count[1] = carry_low ^ carry_high;", "partial.re");

    [Fact]
    public void A_tag_one_cycle_early_is_caught() =>
        Caught("bcnn_pe_array.sv", ".Ranks(PipelineDepth)\n  ) u_tag", ".Ranks(PipelineDepth - 1)\n  ) u_tag", "partial.tag");

    private static void Caught(string file, string before, string after, string signal)
    {
        using CosimFolder folder = new();
        CosimulationOptions options = new() { Seed = Seed, WaveFolder = folder.Path };

        CosimulationReport report = new CosimulationRun(options, RtlSources.Embedded().WithChange(file, before, after))
            .Execute("pe-array", Designs(), 2_000);

        Assert.True(report.Mismatches > 0, $"seed {Seed}: the fault went unnoticed");
        Assert.Contains(report.Differences, d => d.Signal.Contains(signal, StringComparison.Ordinal));
        Assert.All(report.Blocks, row => Assert.True(row.Cycles < 2_000, "stops at the first difference"));
        Assert.Equal(report.Blocks.Count(b => b.Mismatches > 0) * 2, report.Waveforms.Count);
        Assert.All(report.Waveforms, file => Assert.Contains("$enddefinitions $end", File.ReadAllText(file), StringComparison.Ordinal));
    }

    private static ILockstepDesign[] Designs() =>
    [
        .. Enum.GetValues<PeKind>().Select(kind => new PeArrayLockstep(new PeArrayCase(
            $"array-{kind}",
            Seed,
            new PeArrayDesign { OutputLanes = 2, PixelLanes = 1, InputLanes = 20, Kind = kind, PipelineDepth = 2 },
            WindowDepth: 2,
            WeightDepth: 3,
            PartialDepth: 2,
            PopcountTree: true))),
    ];
}
