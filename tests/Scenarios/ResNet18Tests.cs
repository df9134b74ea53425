using BcnnSim.Exploration;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Scenarios;

/// <summary>The shape of cc-resnet18 at 20x with random weights on the reference design: what the claims ask of the machine.</summary>
public sealed class ResNet18Tests
{
    /// <summary>0.2025 ms at 300 MHz.</summary>
    private const long ClaimedCycles = 60_753;

    [Fact]
    public void A_pruned_resnet18_is_computed_right_within_the_claimed_latency_and_utilization()
    {
        Network network = Random(FilterPrunedShape.Of(ReferenceShapes.CcResNet18(), 20, Designs.Reference().PeArray.OutputLanes));
        RunReport report = MachineRun.Execute(network, Designs.Reference(), RandomNetworks.Frames(network, 1, 2), new RunOptions(1, Check: true)).Report;
        Assert.Equal((0, 1), (report.Mismatches, report.FramesChecked));
        Assert.Equal(20, report.Layers.Count);
        Assert.Equal(8, report.Layers.Count(l => l.Shape.EndsWith("+ shortcut", StringComparison.Ordinal)));
        Assert.InRange(report.LatencyCycles, 1, ClaimedCycles);
        Assert.InRange(report.Utilization, 0.90, 1);
    }

    private static Network Random(NetworkShape shape)
    {
        Random random = new(5);
        List<ConvolutionLayer> layers = [];
        foreach ((ConvolutionShape l, MapShape input, _) in shape.Maps())
        {
            int from = l.Source ?? layers.Count - 1;
            short[] a = [.. Enumerable.Range(0, 4 * l.OutputChannels).Select(_ => (short)random.Next(-400, 401))];
            byte[] shift = l.Values ? [.. Enumerable.Repeat((byte)4, l.OutputChannels)] : [];
            QuadrantTensor weights = RandomLayers.Weights(random, l.OutputChannels, l.Kernel * l.Kernel * input.Channels, masked: false);
            layers.Add(new ConvolutionLayer(
                l.Name, from < 0 ? Network.InputName : layers[from].Name, input, l.OutputChannels, l.Kernel, l.Kernel, l.Stride, l.Stride, l.Padding, l.Padding, l.SumPool, 1,
                FoldedNorm.Complex(a, new long[2 * l.OutputChannels], shift), weights)
            {
                Output = l.Values ? OutputKind.Values : OutputKind.Bits,
                Residual = l.Residual is int residual ? layers[residual].Name : null,
            });
        }

        ClassifierLayer head = RandomLayers.Classifier(random, layers[^1].Name, layers[^1].OutputShape) with { ReadsValues = true, Relu = true };
        return new Network(
            "resnet18-shape", new NetworkInput(shape.Input.Height, shape.Input.Width, shape.Input.Channels, shape.InputBits, "none", new Dictionary<string, double>()),
            layers, head, [.. Enumerable.Range(0, head.ClassCount).Select(k => $"class {k}")], new PruningRecord("none", shape.Weights, shape.Weights), new Dictionary<string, string>());
    }
}
