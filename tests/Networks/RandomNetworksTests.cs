using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class RandomNetworksTests
{
    [Fact]
    public void The_same_seed_gives_the_same_network_and_frames()
    {
        NetworkAssert.Equal(RandomNetworks.Plain(5), RandomNetworks.Plain(5), "seed 5");
        Network network = RandomNetworks.Plain(5);
        Assert.Equal(RandomNetworks.Frames(network, 1, 9).Frames[0].Planes, RandomNetworks.Frames(network, 1, 9).Frames[0].Planes);
    }

    /// <summary>A test over random networks proves little if a feature never occurs in them.</summary>
    [Fact]
    public void Two_hundred_seeds_cover_every_feature()
    {
        List<Network> networks = [.. Enumerable.Range(1, 200).Select(seed => RandomNetworks.Plain(seed))];
        List<ConvolutionLayer> layers = [.. networks.SelectMany(n => n.Layers)];
        Assert.All(Enum.GetValues<NormKind>(), kind => Assert.Contains(layers, l => l.Norm.Kind == kind));
        Assert.All(Enumerable.Range(1, 8), bits => Assert.Contains(networks, n => n.Input.InputBits == bits));
        Assert.Contains(networks, n => n.Input.Height == 1 && n.Input.Width > 500);
        Assert.Contains(networks, n => n.Input.Width == 1 && n.Input.Height > 100);
        Assert.Contains(networks, n => n.Classifier is null);
        Assert.Contains(layers, l => l.Weights.Mask is not null);
        Assert.Contains(layers, l => l.KeptTaps is not null && l.Weights.Mask is not null);
        Assert.Contains(layers, l => l.KeptTaps?.Length == 1);
        Assert.Contains(networks, n => n.Pruning.BlockLanes is not null);
        Assert.Contains(layers, l => l.KernelHeight != l.KernelWidth && l.PaddingY > 0 && l.PaddingX > 0);
        Assert.Contains(layers, l => l.StrideY > 1 && l.StrideX > 1 && l.StrideY != l.StrideX);
        Assert.Contains(layers, l => l.SumPool > 1 && l.MaxPool > 1);
        Assert.Contains(layers, l => l.SumPool > 1 && (l.ConvolutionShape.Height % l.SumPool != 0 || l.ConvolutionShape.Width % l.SumPool != 0));
        Assert.Contains(layers, l => l.MaxPool > 1 && l.NormShape.Width % l.MaxPool != 0);
        Assert.Contains(layers, l => l.Taps > 64 && l.Taps % 8 != 0);
        Assert.Contains(layers, l => l.StrideY > l.KernelHeight);
    }

    [Fact]
    public void A_hundred_residual_seeds_cover_every_feature()
    {
        List<Network> networks = [.. Enumerable.Range(1, 100).Select(seed => RandomResidualNetworks.Of(seed))];
        List<ConvolutionLayer> layers = [.. networks.SelectMany(n => n.Layers)];
        ConvolutionLayer? Added(ConvolutionLayer l) => networks.Single(n => n.Layers.Contains(l)).Layers.SingleOrDefault(s => s.Name == l.Residual);
        Assert.Contains(networks, n => n.Classifier is { ReadsValues: true, Relu: true });
        Assert.Contains(networks, n => n.Classifier is { ReadsValues: true, Relu: false });
        Assert.Contains(networks, n => n.Classifier is { ReadsValues: false } && n.Layers[^1].Output == OutputKind.Values);
        Assert.Contains(networks, n => n.Layers[^1].Output == OutputKind.Bits);
        Assert.Contains(networks, n => n.Layers[0].Output == OutputKind.Bits);
        Assert.Contains(layers, l => l is { Output: OutputKind.Values, Norm.Kind: NormKind.Diagonal });
        Assert.Contains(layers, l => l is { Output: OutputKind.Values, Norm.Kind: NormKind.Complex });
        Assert.Contains(layers, l => l is { Output: OutputKind.Values, SumPool: 2 });
        Assert.Contains(layers, l => l.Residual is not null && !l.Residual.EndsWith("shortcut", StringComparison.Ordinal));
        Assert.Contains(layers, l => Added(l) is { StrideY: > 1, StrideX: > 1 });
        Assert.Contains(layers, l => Added(l) is { SumPool: 2 });
        Assert.Contains(layers, l => l.Residual is not null && networks.Exists(n => n.Layers.Contains(l) && n.Layers.Any(r => r.Residual == l.Name)));
    }

    /// <summary>Constant maps would hide faults: most layers must give both bit values.</summary>
    [Fact]
    public void Most_layers_give_both_bit_values()
    {
        int both = 0;
        int all = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            ReferenceResult result = new ReferenceExecutor(network).Run(RandomNetworks.Frames(network, 1, seed).Frames[0]);
            foreach (ReferenceMap map in result.Maps.Where(m => m.Re.Length >= 16))
            {
                all++;
                both += map.Re.Distinct().Count() == 2 && map.Im.Distinct().Count() == 2 ? 1 : 0;
            }
        }

        Assert.True(both * 10 > all * 9, $"{both} of {all} layers");
    }
}
