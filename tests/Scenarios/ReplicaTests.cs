using BcnnSim.Design;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

/// <summary>Copies of the accelerator in one simulation: separate pseudo-channels do not contend, shared ones do, results never change.</summary>
public sealed class ReplicaTests
{
    private const int Frames = 84;

    [Fact]
    public void Replicas_on_separate_pseudo_channels_multiply_the_throughput()
    {
        MachineRun one = Run();
        MachineRun four = Run("execution.replicas=4", "dma.replicaStride=1");
        Assert.Equal(one.Report.LatencyCycles, four.Report.LatencyCycles);
        Assert.InRange(four.Report.FpsByInterval!.Value / one.Report.FpsByInterval!.Value, 3.8, 4.2);
        Assert.Equal(12, four.Report.Memory.Count);
        Assert.DoesNotContain(four.Report.Stalls, c => c.Component.Contains("arbiter", StringComparison.Ordinal));
        Assert.Equal([21, 21, 21, 21], four.Report.Replicas!.Select(r => r.Frames));
        Assert.All(four.Report.Replicas!, r => Assert.InRange(r.FpsByInterval!.Value / one.Report.FpsByInterval!.Value, 0.95, 1.05));
        Assert.Contains(four.Report.Stalls, c => c.Component == "r3.pe");
    }

    [Fact]
    public void Replicas_that_share_pseudo_channels_take_turns_and_are_slower()
    {
        Network network = FrameBound();
        MachineRun apart = Run(network, "execution.replicas=4", "dma.replicaStride=1");
        MachineRun together = Run(network, "execution.replicas=4", "dma.replicaStride=0");
        Assert.Equal(3, together.Report.Memory.Count);
        Assert.Equal(["axi.p00.arbiter", "axi.p04.arbiter", "axi.p08.arbiter"], together.Report.Stalls.Select(c => c.Component).Where(c => c.EndsWith("arbiter", StringComparison.Ordinal)));
        double ratio = apart.Report.FpsByInterval!.Value / together.Report.FpsByInterval!.Value;
        Assert.True(ratio > 1.8, $"{ratio} times as fast on separate pseudo-channels");

        // The one pseudo-channel gives at most a beat of 32 bytes per AXI cycle; a frame has 128.
        Assert.True(together.Report.FpsByInterval <= 450e6 / 128, $"{together.Report.FpsByInterval}");
        double[] shares = [.. together.Report.Replicas!.Select(r => r.FpsByInterval!.Value)];
        Assert.True(shares.Max() < 1.02 * shares.Min(), string.Join(", ", shares));
        Assert.Equal(apart.Report.Memory.Sum(m => m.ReadBytes), together.Report.Memory.Sum(m => m.ReadBytes));
        Assert.Equal(apart.Results.Select(r => (r.Class, string.Join(' ', r.Scores))), together.Results.Select(r => (r.Class, string.Join(' ', r.Scores))));
    }

    [Fact]
    public void Without_replicas_no_name_has_a_prefix_and_no_report_has_their_section()
    {
        RunReport report = Run().Report;
        Assert.Null(report.Replicas);
        Assert.Contains(report.Stalls, c => c.Component == "pe");
        Assert.Equal(["hbm.frames", "hbm.parameters", "hbm.results"], report.Memory.Select(m => m.Stream));
    }

    [Fact]
    public void Streamed_weights_may_share_a_pseudo_channel_with_weights_only()
    {
        InputException refusal = Assert.Throws<InputException>(() => Designs.Reference("weightBuffer.residency=stream", "execution.replicas=8"));
        Assert.Equal("dma.replicaStride", Assert.Single(refusal.Violations).Place);
        _ = Designs.Reference("weightBuffer.residency=stream", "execution.replicas=8", "dma.replicaStride=0");
        _ = Designs.Reference("weightBuffer.residency=stream", "execution.replicas=4");
    }

    /// <summary>16 x 16 x 8 of 8 bits, 4096 bytes, of which a strided 1 x 1 kernel computes little: the transfer of frames sets the pace.</summary>
    private static Network FrameBound()
    {
        Random random = new(2);
        MapShape input = new(16, 16, 8);
        ConvolutionLayer layer = new(
            "conv", Network.InputName, input, 8, 1, 1, 4, 4, 0, 0, 1, 1, FoldedNorm.Threshold(new long[16], new byte[16]), RandomLayers.Weights(random, 8, 8, masked: false));
        return new Network(
            "frame-bound", new NetworkInput(16, 16, 8, 8, "none", new Dictionary<string, double>()), [layer], RandomLayers.Classifier(random, "conv", layer.OutputShape), [],
            new PruningRecord("none", 64, 64), new Dictionary<string, string>());
    }

    private static MachineRun Run(params string[] overrides) => Run(TinyNetwork.Create(), overrides);

    private static MachineRun Run(Network network, params string[] overrides)
    {
        MachineRun run = MachineRun.Execute(network, Designs.Reference(["frameBuffer.wordsPerBank=4096", .. overrides]), RandomNetworks.Frames(network, Frames, seed: 4), new RunOptions(Frames, Check: true));
        Assert.True(run.Report.Mismatches == 0, run.FirstMismatch);
        Assert.Equal(Frames, run.Report.FramesChecked);
        return run;
    }
}
