using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class LineBufferCosimTests
{
    private const long Seed = 20260104;
    private const int Geometries = 20;
    private static readonly string[] Files = ["bcnn_line_buffer.sv", "bcnn_window_gearbox.sv"];

    // One lane of everything; many words per read; less than one; three buffers and one read in flight.
    private static readonly string[][] Parameters =
    [
        ["PixelLanes=1", "InputLanes=1", "WordChannels=1", "MaxRun=1", "MaxTaps=1", "Buffers=2", "WindowWords=4", "ReadsInFlight=1"],
        ["PixelLanes=2", "InputLanes=1", "WordChannels=4", "MaxRun=3", "MaxTaps=12", "Buffers=2", "WindowWords=8", "ReadsInFlight=4"],
        ["PixelLanes=3", "InputLanes=24", "WordChannels=4", "MaxRun=2", "MaxTaps=8", "Buffers=2", "WindowWords=4", "ReadsInFlight=2"],
        ["PixelLanes=4", "InputLanes=5", "WordChannels=8", "MaxRun=1", "MaxTaps=8", "Buffers=3", "WindowWords=6", "ReadsInFlight=1"],
    ];

    [Fact]
    public void Twenty_random_buffers_differ_in_no_cycle_and_no_bit()
    {
        CosimulationOptions options = new() { Block = "line-buffer", Seed = Seed, Designs = Geometries, Cycles = 20_000, WaveFolder = Path.GetTempPath() };

        CosimulationReport report = new CosimulationRun(options).Execute();

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal(Geometries, report.Blocks.Count);
        Assert.All(report.Blocks, row => Assert.Equal(20_000, row.Cycles));
        Assert.All(report.Blocks, row => Assert.True(row.Beats > 500, $"{row.Design} moved {row.Beats} beats only"));
    }

    [Fact]
    public void A_tap_of_the_padding_that_counts_is_caught() =>
        Caught("bcnn_line_buffer.sv", "(tap_x >= 18'sd0) & ", "", "");

    [Fact]
    public void A_stride_that_is_ignored_is_caught() =>
        Caught("bcnn_line_buffer.sv", "18'(y * layer_stride_y_i)", "18'(y)", "");

    [Fact]
    public void A_pixel_beyond_the_last_that_exists_is_caught() =>
        Caught("bcnn_line_buffer.sv", "step_reads_i[r] & (tile_pixel_q + 16'(p) < layer_out_pixels_i) &", "step_reads_i[r] &", "");

    [Fact]
    public void A_word_replayed_a_cycle_before_it_is_complete_is_caught() =>
        Caught("bcnn_line_buffer.sv", "(place < complete_q[replay_q])", "(place <= complete_q[replay_q])", "");

    [Fact]
    public void A_buffer_given_back_before_it_is_built_is_caught() =>
        Caught("bcnn_line_buffer.sv", "(last_of_tile ? (complete_q[replay_q] == layer_total_i)\n                                       : (place < complete_q[replay_q]))", "(place < complete_q[replay_q])", "");

    [Fact]
    public void A_tile_begun_in_a_buffer_that_is_still_replayed_is_caught() =>
        Caught("bcnn_line_buffer.sv", "(~tile_start | (held != CountBits'(Buffers)))", "1'b1", "");

    [Fact]
    public void A_remainder_that_is_not_flushed_is_caught() =>
        Caught("bcnn_window_gearbox.sv", "partial_q <= flush ? '0 :", "partial_q <=", "window.");

    [Fact]
    public void A_tap_that_is_not_kept_but_packed_is_caught() =>
        Caught("bcnn_window_gearbox.sv", "if (keep_i[t]) begin", "if (1'b1) begin", "window.");

    [Fact]
    public void Verilator_has_no_warning_and_Icarus_and_Yosys_take_it() => ToolAcceptance.Check("bcnn_line_buffer", Files, Parameters);

    private static void Caught(string file, string before, string after, string signal) =>
        PlantedFault.Caught("line-buffer", LineBufferCase.Random(Seed, 5).Select(c => new LineBufferLockstep(c)), Seed, file, before, after, signal);
}
