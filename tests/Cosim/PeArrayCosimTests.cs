using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
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
}
