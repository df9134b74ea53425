using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Rtl;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class AccumulatorBankCosimTests
{
    private const long Seed = 20260102;
    private const int Geometries = 20;
    private static readonly int[] LanesPerBeat = [1, 3, 4, 8];

    [Fact]
    public void Twenty_random_banks_differ_in_no_cycle_and_no_bit()
    {
        CosimulationOptions options = new() { Block = "accumulator-bank", Seed = Seed, Designs = Geometries, Cycles = 20_000, WaveFolder = Path.GetTempPath() };

        CosimulationReport report = new CosimulationRun(options).Execute();

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal(Geometries, report.Blocks.Count);
        Assert.All(report.Blocks, row => Assert.Equal(20_000, row.Cycles));
        Assert.All(report.Blocks, row => Assert.True(row.Beats > 1_000, $"{row.Design} moved {row.Beats} beats only"));
    }

    [Fact]
    public void A_bit_plane_that_is_ignored_is_caught() =>
        Caught("(AccumulatorBits'($signed(partial_re_i[i*PartialWidth +: PartialWidth])) <<< partial_plane_i)", "AccumulatorBits'($signed(partial_re_i[i*PartialWidth +: PartialWidth]))", "sum.re");

    [Fact]
    public void A_bank_that_does_not_start_afresh_is_caught() =>
        Caught("assign base_im = fresh_q ? '0 :", "assign base_im = 1'b0 ? '0 :", "sum.im");

    [Fact]
    public void Banks_exchanged_a_cycle_late_are_caught() =>
        Caught("assign exchange    = full & (~draining_q | drain_end);", "assign exchange    = full & ~draining_q;", "");

    [Fact]
    public void A_tile_drained_beyond_its_last_pixel_is_caught() =>
        Caught("at_most(pixels_left, 16'(PixelLanes))", "16'(PixelLanes)", "sum");

    [Fact]
    public void Verilator_has_no_warning_and_Icarus_and_Yosys_take_it()
    {
        using CosimFolder folder = new();
        RtlSources.Embedded().WriteTo(folder.Path);
        foreach (int lanes in LanesPerBeat)
        {
            string[] parameters = ["OutputLanes=3", "PixelLanes=2", $"NormLanes={lanes}"];
            Tool.Verilator.Run(folder.Path, ["--lint-only", "-Wall", "-Wno-UNUSED", "--assert", "-DBCNN_ASSERTIONS", .. parameters.Select(p => "-G" + p), "bcnn_accumulator_bank.sv"]);
            string log = Tool.Icarus.Run(folder.Path, ["-g2012", "-Wall", .. parameters.Select(p => "-Pbcnn_accumulator_bank." + p), "-s", "bcnn_accumulator_bank", "-t", "null", "bcnn_accumulator_bank.sv"]);
            Assert.Equal("", log);
        }

        string yosys = Tool.Yosys.Run(folder.Path, ["-p", "read_verilog -sv bcnn_accumulator_bank.sv; hierarchy -check -top bcnn_accumulator_bank -chparam OutputLanes 2 -chparam PixelLanes 2 -chparam NormLanes 4 -chparam BeatPixels 2 -chparam BeatChannels 2; proc; check -assert; stat"]);
        Assert.DoesNotContain("$dlatch", yosys, StringComparison.Ordinal);
    }

    private static void Caught(string before, string after, string signal)
    {
        using CosimFolder folder = new();
        CosimulationOptions options = new() { Seed = Seed, WaveFolder = folder.Path };
        AccumulatorBankLockstep[] designs = [.. AccumulatorBankCase.Random(Seed, 4).Select(c => new AccumulatorBankLockstep(c))];

        CosimulationReport report = new CosimulationRun(options, RtlSources.Embedded().WithChange("bcnn_accumulator_bank.sv", before, after))
            .Execute("accumulator-bank", designs, 5_000);

        Assert.True(report.Mismatches > 0, $"seed {Seed}: the fault went unnoticed");
        Assert.Contains(report.Differences, d => d.Signal.Contains(signal, StringComparison.Ordinal));
        Assert.All(report.Blocks, row => Assert.True(row.Cycles < 5_000, "stops at the first difference"));
        Assert.NotEmpty(report.Waveforms);
    }
}
