using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>A block-pruned network through explain and run, with streamed weights and with replicas.</summary>
public sealed class PrunedRunTests : IClassFixture<CliBench>
{
    private const string Name = "tiny-blocks";
    private readonly CliBench bench;

    public PrunedRunTests(CliBench bench)
    {
        this.bench = bench;
        Network tiny = TinyNetwork.Create();

        // Of conv3's 4 x 24 weights, taps 8..15 of all rows go: words 2 and 3 of Pi = 4.
        ConvolutionLayer conv3 = tiny.Layers[2] with { Weights = tiny.Layers[2].Weights with { Mask = [.. Enumerable.Repeat(new byte[] { 0xFF, 0, 0xFF }, 4).SelectMany(m => m)] } };
        Network blocks = tiny with
        {
            Name = Name,
            Layers = [tiny.Layers[0], tiny.Layers[1], conv3],
            Pruning = tiny.Pruning with { Structure = "block", KeptWeights = tiny.Pruning.KeptWeights - 32, BlockLanes = (4, 8) },
        };
        NetworkFile.Write(blocks, bench.PathOf("models", "networks", Name));
        FrameFile.Write(bench.PathOf("traces", "frames", Name + "-test.bcnnframes"), RandomNetworks.Frames(blocks, 80, 3));
    }

    [Fact]
    public void The_plan_says_which_blocks_are_skipped_and_for_which_design_they_were_made()
    {
        CliResult result = bench.Run("explain", Name);
        Assert.True(result.Code == 0, result.ToString());
        Assert.Contains("conv3: 2 of 6 blocks (output group x word) are empty and skipped", result.Output, StringComparison.Ordinal);
        Assert.Contains("pruned in blocks of 4 x 8 (Po x Pi), the design computes 8 x 4", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_prints_every_replica_beside_the_total()
    {
        CliResult result = bench.Run("run", Name, "--set", "execution.replicas=2");
        Assert.True(result.Code == 0, result.ToString());
        Assert.All(["replica 0", "replica 1", "40 frames", "in each of 2 replicas", "pruned in blocks of 4 x 8", "0 mismatches"], part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        RunReport report = Assert.Single(bench.Report("run", Name, "--set", "execution.replicas=2").Runs);
        Assert.Equal(80, report.FramesChecked);
        Assert.Equal(report.FpsByInterval!.Value, report.Replicas!.Sum(r => r.FpsByInterval!.Value), report.FpsByInterval.Value / 20);
    }

    [Fact]
    public void Streamed_weights_are_said_to_be()
    {
        CliResult result = bench.Run("run", Name, "--set", "weightBuffer.residency=stream");
        Assert.True(result.Code == 0, result.ToString());
        Assert.All(["weights streamed", "hbm.weights", "dma.weights", "0 mismatches"], part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
    }
}
