using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>A residual network from its folder through explain and run: the tables and the report know its values.</summary>
public sealed class ResidualRunTests : IClassFixture<CliBench>
{
    private const string Name = "tiny-residual";
    private const int Count = 5;
    private readonly CliBench bench;
    private readonly Network network = TinyResidualNetwork.Create();
    private readonly FrameSet frames;

    public ResidualRunTests(CliBench bench)
    {
        this.bench = bench;
        frames = RandomNetworks.Frames(network, Count, 3);
        NetworkFile.Write(network, bench.PathOf("models", "networks", Name));
        FrameFile.Write(bench.PathOf("traces", "frames", Name + "-test.bcnnframes"), frames);
    }

    [Fact]
    public void Saturations_of_the_report_are_those_of_the_reference()
    {
        RunReport report = Assert.Single(bench.Report("run", Name).Runs);
        ReferenceExecutor executor = new(network);
        List<ReferenceResult> results = [.. frames.Frames.Select(f => executor.Run(f))];
        Assert.Equal((0, Count), (report.Mismatches, report.FramesChecked));
        Assert.True(report.Layers.Sum(l => l.Saturations?.Norm + l.Saturations?.Residual) > 0);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            ReferenceMap map = results[0].Maps[i];
            SaturationReport? expected = map.Values is null
                ? null
                : new SaturationReport(results.Sum(r => r.Maps[i].NormSaturations), results.Sum(r => r.Maps[i].ResidualSaturations), 2L * Count * map.Re.Length);
            Assert.Equal(expected, report.Layers[i].Saturations);
        }
    }

    [Fact]
    public void The_run_prints_saturations_and_the_units_for_values()
    {
        CliResult result = bench.Run("run", Name);
        Assert.True(result.Code == 0, result.ToString());
        Assert.All(["16-bit values", "norm saturated", "+ shortcut", "residual", "0 mismatches"], part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("16-bit values", bench.Run("run", CliBench.NetworkName).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_says_where_results_go()
    {
        CliResult result = bench.Run("explain", Name);
        Assert.True(result.Code == 0, result.ToString());
        string[] expected = ["norm gives", "signs to the other half, values to the shortcut map", "shortcut words per bank", "3 of 4,096", "Compute shortcut, Barrier, Compute a2"];
        Assert.All(expected, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
    }
}
