using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class PoolUnitCosimTests
{
    private const long Seed = 20260103;
    private const int Geometries = 20;
    private static readonly string[] Files = ["bcnn_pool_unit.sv", "bcnn_pool_sums.sv", "bcnn_memory.sv"];

    // One lane of everything; one chunk per beat; chunks of pixels; chunks of channels.
    private static readonly string[][] Parameters =
    [
        ["OutputLanes=1", "PixelLanes=1", "NormLanes=1", "PoolLanes=1", "StateWords=1"],
        ["OutputLanes=2", "PixelLanes=3", "NormLanes=8", "PoolLanes=8", "StateWords=6"],
        ["OutputLanes=2", "PixelLanes=5", "NormLanes=8", "PoolLanes=5", "StateWords=6"],
        ["OutputLanes=5", "PixelLanes=4", "NormLanes=4", "PoolLanes=3", "StateWords=40"],
    ];

    [Fact]
    public void Twenty_random_units_differ_in_no_cycle_and_no_bit()
    {
        CosimulationOptions options = new() { Block = "pool-unit", Seed = Seed, Designs = Geometries, Cycles = 20_000, WaveFolder = Path.GetTempPath() };

        CosimulationReport report = new CosimulationRun(options).Execute();

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal(Geometries, report.Blocks.Count);
        Assert.All(report.Blocks, row => Assert.Equal(20_000, row.Cycles));
        Assert.All(report.Blocks, row => Assert.True(row.Beats > 200, $"{row.Design} moved {row.Beats} beats only"));
    }

    [Fact]
    public void A_pooled_pixel_that_does_not_start_afresh_is_caught() =>
        Caught("bcnn_pool_sums.sv", "base = first_i[i] ? '0 : goes_on[i] ? own : base;", "base = goes_on[i] ? own : base;", "pooled.re");

    [Fact]
    public void Swapped_re_and_im_are_caught() =>
        Caught("bcnn_pool_sums.sv", "            re_i[(p*BeatChannels+c)*AccumulatorBits", "            im_i[(p*BeatChannels+c)*AccumulatorBits", "pooled.re");

    [Fact]
    public void A_lane_that_misses_the_sum_of_the_lane_before_is_caught() =>
        Caught("bcnn_pool_sums.sv", "goes_on[i] ? own : base;", "base;", "pooled.re");

    [Fact]
    public void Two_columns_of_one_chunk_in_one_memory_are_caught() =>
        Caught("bcnn_pool_sums.sv", "{15'b0, (row_word[i*16 +: 16] == last_word_i) & (last_word_i != '0)}", "16'b0", "pooled.");

    [Fact]
    public void A_beat_that_leaves_before_its_last_cycle_is_caught() =>
        Caught("bcnn_pool_unit.sv", "assign beat_end     = pass | (channels_end & pixels_end);", "assign beat_end     = 1'b1;", "");

    [Fact]
    public void A_ready_that_ignores_a_full_channel_is_caught() =>
        Caught("bcnn_pool_unit.sv", "assign sum_ready_o  = active & beat_end & pooled_ready_i;", "assign sum_ready_o  = active & beat_end;", "sum.count");

    [Fact]
    public void A_chunk_that_waits_for_space_it_does_not_need_is_caught() =>
        Caught("bcnn_pool_unit.sv", "(~beat_end | pooled_ready_i);", "pooled_ready_i;", "");

    [Fact]
    public void A_place_that_counts_the_results_of_its_own_beat_is_caught() =>
        Caught("bcnn_pool_unit.sv", "earlier_q - found_q;\n  assign pooled_pixels_o", "earlier_q;\n  assign pooled_pixels_o", "pooled.firstPixel");

    [Fact]
    public void Verilator_has_no_warning_and_Icarus_and_Yosys_take_it() => ToolAcceptance.Check("bcnn_pool_unit", Files, Parameters);

    private static void Caught(string file, string before, string after, string signal) =>
        PlantedFault.Caught("pool-unit", PoolUnitCase.Random(Seed, 5).Select(c => new PoolUnitLockstep(c)), Seed, file, before, after, signal);
}
