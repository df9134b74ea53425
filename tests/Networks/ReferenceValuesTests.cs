using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Values, residual adds and value heads of the reference executor: worked examples, then the definition written out.</summary>
public sealed class ReferenceValuesTests
{
    /// <summary>
    /// One tap (1-i) on one pixel 1+i: acc = 2 + 0i. Re: (3*2 + 1 + 2) >> 2 = 2, rounded up from 1.75; im: (-5*2 + 0 + 2) >> 2 = -2, which is -2.5 rounded up.
    /// </summary>
    [Fact]
    public void A_value_is_rounded_to_nearest_half_up()
    {
        ReferenceMap map = Run(FoldedNorm.Complex([3, 0, -5, 0], [1, 0], [2])).Maps[0];
        Assert.Equal([2], map.Values!.Value.Re);
        Assert.Equal([-2], map.Values!.Value.Im);
        Assert.Equal([1], map.Re);
        Assert.Equal([-1], map.Im);
    }

    /// <summary>y = -1, s = 1: (-1 + 1) >> 1 = 0, whose sign is +1, although y itself is negative.</summary>
    [Fact]
    public void The_bit_is_the_sign_of_the_stored_value()
    {
        ReferenceMap map = Run(FoldedNorm.Diagonal([0, 0], [-1, -2], [1])).Maps[0];
        Assert.Equal([0], map.Values!.Value.Re);
        Assert.Equal([1], map.Re);
        Assert.Equal([-1], map.Im);
        Assert.Equal(1, FoldedNorm.Diagonal([0, 0], [-1, -2], [1]).Bits(0, 2, 0));
    }

    [Theory]
    [InlineData(65_534, 32_767, 0)]
    [InlineData(65_535, 32_767, 1)]
    [InlineData(-65_537, -32_768, 0)]
    [InlineData(-65_538, -32_768, 1)]
    public void The_norm_saturates_and_counts(long constant, short value, long saturations)
    {
        // (c + 1) >> 1: 65,534 gives 32,767; 65,535 would give 32,768; -65,537 gives -32,768; -65,538 would give -32,769.
        ReferenceMap map = Run(FoldedNorm.Diagonal([0, 0], [constant, 0], [1])).Maps[0];
        Assert.Equal([value], map.Values!.Value.Re);
        Assert.Equal(saturations, map.NormSaturations);
    }

    /// <summary>30,000 + 2,767 is the largest sum; one more saturates.</summary>
    [Theory]
    [InlineData(2_767, 32_767, 0)]
    [InlineData(2_768, 32_767, 1)]
    public void The_add_saturates_and_counts(long second, short value, long saturations)
    {
        Network one = OneLayer(FoldedNorm.Diagonal([0, 0], [60_000, 0], [1]));
        ConvolutionLayer bits = one.Layers[0] with { Name = "a", Source = "conv", Output = OutputKind.Bits, Norm = FoldedNorm.Diagonal([1, 1], [0, 0]) };
        ConvolutionLayer add = one.Layers[0] with { Name = "b", Source = "a", Residual = "conv", Norm = FoldedNorm.Diagonal([0, 0], [2 * second, 0], [1]) };
        ReferenceMap map = Run(one with { Layers = [one.Layers[0], bits, add] }).Maps[2];
        Assert.Equal([value], map.Values!.Value.Re);
        Assert.Equal(saturations, map.ResidualSaturations);
        Assert.Equal(0, map.NormSaturations);
    }

    [Theory]
    [InlineData(false, -7 * 3 + 5 * 2)]
    [InlineData(true, 5 * 2)]
    public void A_head_on_values_adds_them_with_or_without_relu(bool relu, long score)
    {
        Network one = OneLayer(FoldedNorm.Diagonal([0, 0], [-14, 10], [1]));
        ClassifierLayer head = new("head", "conv", new MapShape(1, 1, 1), 1, [3, 2], [0]) { ReadsValues = true, Relu = relu };
        Assert.Equal([score], Run(one with { Classifier = head, Classes = ["a"] }).Scores);
    }

    /// <summary>Every value of random residual networks from the record's own arithmetic and the maps named in the graph.</summary>
    [Fact]
    public void Values_of_random_networks_equal_the_definition_and_do_saturate()
    {
        long normSaturations = 0;
        long addSaturations = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            Network network = RandomResidualNetworks.Of(seed);
            ReferenceResult result = new ReferenceExecutor(network).Run(RandomNetworks.Frames(network, 1, seed).Frames[0], keepAccumulators: true);
            for (int l = 0; l < network.Layers.Count; l++)
            {
                ConvolutionLayer layer = network.Layers[l];
                ReferenceMap map = result.Maps[l];
                Assert.Equal(layer.Output == OutputKind.Values, map.Values is not null);
                normSaturations += map.NormSaturations;
                addSaturations += map.ResidualSaturations;
                for (int i = 0; map.Values is { } v && i < v.Re.Length; i++)
                {
                    (short re, short im) = layer.Norm.Values(i % layer.OutputChannels, map.Accumulators!.Value.Re[i], map.Accumulators.Value.Im[i]);
                    (short[] Re, short[] Im)? other = result.Maps.SingleOrDefault(m => m.Layer == layer.Residual)?.Values;
                    Assert.True(v.Re[i] == Math.Clamp(re + (other?.Re[i] ?? 0), -32_768, 32_767), $"seed {seed} {layer.Name} {i}");
                    Assert.True(v.Im[i] == Math.Clamp(im + (other?.Im[i] ?? 0), -32_768, 32_767), $"seed {seed} {layer.Name} {i}");
                    Assert.True((v.Re[i] >= 0, v.Im[i] >= 0) == (map.Re[i] > 0, map.Im[i] > 0), $"seed {seed} {layer.Name} {i}");
                }
            }
        }

        Assert.True(normSaturations > 100 && addSaturations > 100, $"{normSaturations} and {addSaturations} saturations");
    }

    private static ReferenceResult Run(FoldedNorm norm) => Run(OneLayer(norm));

    private static ReferenceResult Run(Network network)
        => ReferenceExecutor.Run(network, Frame.FromComponents(new FrameShape(network.Input), [1], [1]));

    private static Network OneLayer(FoldedNorm norm)
    {
        MapShape map = new(1, 1, 1);
        ConvolutionLayer layer = new("conv", "input", map, 1, 1, 1, 1, 1, 0, 0, 1, 1, norm, new QuadrantTensor(1, 1, [1], [0], null)) { Output = OutputKind.Values };
        return new Network("one", new NetworkInput(1, 1, 1, 1, "none", new Dictionary<string, double>()), [layer], null, [], new PruningRecord("none", 1, 1), new Dictionary<string, string>());
    }
}
