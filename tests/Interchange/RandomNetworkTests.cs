using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Interchange.Tests;

/// <summary>Random networks with every feature, each on a few random frames, all in one process of the runtime; every other one without its optimizer.</summary>
public sealed class RandomNetworkTests(ITestOutputHelper log)
{
    private const int Frames = 5;
    private const int Batch = 2;
    private const int Networks = 40;

    [Fact]
    public void Plain_networks_agree_with_the_reference_executor() => Agree("plain", Plain());

    [Fact]
    public void Residual_networks_agree_with_the_reference_executor() => Agree("residual", [.. Enumerable.Range(1, Networks).Select(seed => RandomResidualNetworks.Of(seed))]);

    /// <summary>Agreement proves little if a feature never occurs.</summary>
    [Fact]
    public void The_networks_have_every_feature()
    {
        List<Network> networks = [.. Plain(), .. Enumerable.Range(1, Networks).Select(seed => RandomResidualNetworks.Of(seed))];
        List<ConvolutionLayer> layers = [.. networks.SelectMany(n => n.Layers)];
        Assert.All(Enum.GetValues<Numerics.NormKind>(), kind => Assert.Contains(layers, l => l.Norm.Kind == kind && l.Output == OutputKind.Bits));
        Assert.Contains(layers, l => l.StrideY != l.StrideX && l.PaddingY != l.PaddingX && l.KernelHeight != l.KernelWidth);
        Assert.Contains(layers, l => l.SumPool > 1 && l.ConvolutionShape.Height % l.SumPool != 0);
        Assert.Contains(layers, l => l.MaxPool > 1 && l.NormShape.Width % l.MaxPool != 0);
        Assert.Contains(layers, l => l.Weights.Mask is not null && l.KeptTaps is not null);
        Assert.Contains(layers, l => l.Output == OutputKind.Values && l.Residual is not null && l.Norm.Kind == Numerics.NormKind.Complex);
        Assert.Contains(networks, n => n.Classifier is { Relu: true });
        Assert.Contains(networks, n => n.Classifier is { ReadsValues: false } && n.Layers[^1].Output == OutputKind.Values);
        Assert.Contains(networks, n => n.Input is { Height: 1, Width: > 100 });
        Assert.Contains(networks, n => n.Input.InputBits == 8);
        Assert.Contains(networks, n => n.Input.InputBits == 1);
        ReferenceMap[] maps = [.. networks.SelectMany((n, i) => OnnxComparison.Reference(n, FramesOf(n, i)).SelectMany(r => r.Maps))];
        Assert.Contains(maps, m => m.NormSaturations > 0);
        Assert.Contains(maps, m => m.ResidualSaturations > 0);
    }

    private static IReadOnlyList<Frame> FramesOf(Network network, int seed) => RandomNetworks.Frames(network, Frames, seed).Frames;

    /// <summary>The first seeds whose network has a classifier.</summary>
    private static List<Network> Plain() =>
        [.. Enumerable.Range(1, 4 * Networks).Select(seed => RandomNetworks.Plain(seed)).Where(n => n.Classifier is not null).Take(Networks)];

    /// <summary>The name of a network ends in its seed.</summary>
    private void Agree(string kind, List<Network> networks)
    {
        using TemporaryFolder folder = new();
        List<IReadOnlyList<Frame>> frames = [.. networks.Select(FramesOf)];
        List<OnnxJob> jobs = [.. networks.Select((n, i) => OnnxJob.Write(n, frames[i], folder.File(n.Name), Batch, optimized: i % 2 == 0))];
        OnnxRuntime.Run(folder.File("jobs.json"), jobs);
        log.WriteLine($"{kind}: {networks.Count} networks, {networks[0].Name} to {networks[^1].Name}, {Frames} frames each");
        string[] differences = [.. networks.Select((n, i) => (n.Name, Difference: OnnxComparison.Difference(OnnxComparison.Reference(n, frames[i]), jobs[i].Read())))
            .Where(d => d.Difference is not null).Select(d => $"{d.Name}: {d.Difference}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }
}
