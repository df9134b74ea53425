using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

public class KeptCountsTests
{
    [Theory]
    [InlineData(1.5, 4)]
    [InlineData(2, 2)]
    [InlineData(2.5, 4)]
    public void Counts_are_multiples_of_the_lanes_and_reach_the_rate_but_no_group_more_would(double rate, int lanes)
    {
        NetShape dense = SmallNetworks.Shape();
        int[] kept = KeptCounts.Choose(dense, rate, lanes, 8);
        Assert.True(KeptCounts.Rate(dense, kept) >= rate);
        for (int i = 0; i < kept.Length; i++)
        {
            Assert.Equal(0, kept[i] % lanes);
            int[] more = [.. kept];
            more[i] += lanes;
            Assert.True(more[i] > dense.Layers[i].OutputChannels || KeptCounts.Rate(dense, more) < rate, $"layer {i} could keep {more[i]}");
        }
    }

    [Fact]
    public void Rate_counts_complex_weights_of_convolutions_whose_inputs_shrink_with_their_producers()
    {
        NetShape dense = SmallNetworks.Shape();
        Assert.Equal((16 * 18) + (12 * 16) + (20 * 72), dense.ComplexWeights);
        Assert.Equal(1920.0 / ((8 * 18) + (8 * 8) + (12 * 48)), KeptCounts.Rate(dense, [8, 8, 12]), 12);
    }

    [Fact]
    public void Magnitude_keeps_the_largest_complex_norms_and_ties_by_index()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Shape(), 2);
        BinaryConvolution<float> first = net.Convolutions[0];
        first.WeightIm.AsSpan(5 * first.Shape.Taps, first.Shape.Taps).Fill(1);
        first.WeightRe.AsSpan(11 * first.Shape.Taps, first.Shape.Taps).Fill(0.5f);
        Assert.Equal([0, 1, 5, 11], KeptChannels.Largest(net, [4, 4, 4])[0]);
    }
}
