using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Design;
using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class PeArrayCosimTests
{
    private const long Seed = 20260101;
    private const int Geometries = 20;

    [Fact]
    public void Twenty_random_geometries_of_all_three_kinds_differ_in_no_cycle_and_no_bit()
    {
        CosimulationOptions options = new() { Block = "pe-array", Seed = Seed, Designs = Geometries, Cycles = 20_000, WaveFolder = Path.GetTempPath() };

        CosimulationReport report = new CosimulationRun(options).Execute();

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
        Assert.Equal(Geometries * 3, report.Blocks.Count);
        Assert.All(report.Blocks, row => Assert.Equal(20_000, row.Cycles));
        Assert.All(report.Blocks, row => Assert.Equal(3, row.Channels));
        Assert.All(report.Blocks, row => Assert.True(row.Beats > 5_000, $"{row.Design} moved {row.Beats} beats only"));
    }

    [Fact]
    public void The_adder_tree_equals_the_model_at_every_width_around_its_changes_of_shape()
    {
        int[] widths = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 18, 19, 23, 24, 25, 30, 31, 35, 36, 37, 38, 39, 42, 43, 54, 63, 64];
        PeArrayLockstep[] designs = [.. widths.Select((lanes, i) => new PeArrayLockstep(new PeArrayCase(
            $"tree-{lanes}",
            Seed + i,
            new PeArrayDesign { OutputLanes = 1, PixelLanes = 1, InputLanes = lanes, Kind = (PeKind)(i % 3), PipelineDepth = 1 + (i % 7) },
            WindowDepth: 2,
            WeightDepth: 2,
            PartialDepth: 2,
            PopcountTree: true)))];

        CosimulationReport report = new CosimulationRun(new CosimulationOptions { WaveFolder = Path.GetTempPath() }).Execute("pe-array", designs, 10_000);

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
    }

    [Fact]
    public void A_beat_taken_in_cycle_n_leaves_in_cycle_n_plus_the_pipeline_depth()
    {
        // Without stalls the first window and weight are pushed in cycle 0, taken in 1, pushed in 1 + D, and their sum is popped in 2 + D.
        const int Cycles = 500;
        PeArrayLockstep[] designs = [.. Enumerable.Range(1, 5).Select(depth => new PeArrayLockstep(
            new PeArrayCase(
                $"depth-{depth}",
                Seed,
                new PeArrayDesign { OutputLanes = 1, PixelLanes = 2, InputLanes = 8, Kind = PeKind.Two, PipelineDepth = depth },
                WindowDepth: 2,
                WeightDepth: 2,
                PartialDepth: 2,
                PopcountTree: false),
            saturated: true))];

        CosimulationReport report = new CosimulationRun(new CosimulationOptions()).Execute("pe-array", designs, Cycles);

        Assert.Equal(0, report.Mismatches);
        Assert.Equal(Enumerable.Range(1, 5).Select(depth => (long)Cycles - 2 - depth), designs.Select(d => d.Transfers));
    }

    [Fact]
    public void The_array_of_the_reference_design_differs_in_no_cycle_and_no_bit()
    {
        AcceleratorDesign reference = DesignFile.Read(ReferenceDesign(), []);
        PeArrayLockstep[] designs = [.. Enum.GetValues<PeKind>().Select(kind => new PeArrayLockstep(new PeArrayCase(
            $"reference-{kind}",
            Seed,
            reference.PeArray with { Kind = kind },
            reference.Fifos.Window,
            reference.Fifos.Weight,
            reference.Fifos.PartialSum,
            PopcountTree: false)))];

        CosimulationReport report = new CosimulationRun(new CosimulationOptions { WaveFolder = Path.GetTempPath() }).Execute("pe-array", designs, 20_000);

        Assert.True(report.Mismatches == 0, $"seed {Seed}: {string.Join("; ", report.Differences)}");
    }

    private static string ReferenceDesign()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Simulator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no Simulator.sln above the tests");
        }

        return Path.Combine(folder.FullName, "models", "designs", "u280-reference.json");
    }
}
