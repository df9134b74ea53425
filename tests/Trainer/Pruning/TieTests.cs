using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning;

/// <summary>Layers whose values are added together keep the same channels; inner channels are free.</summary>
public class TieTests
{
    [Fact]
    public void Ties_join_everything_that_meets_in_an_add_and_nothing_else()
    {
        Assert.Equal([0, 1, 0, 3, 4, 3], SmallNetworks.Residual().Ties());
        Assert.Equal([0, 1, 2], SmallNetworks.Shape().Ties());
    }

    [Fact]
    public void A_tied_channel_is_scored_by_the_sum_of_its_squared_norms_over_the_tied_layers()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Residual(), 2);
        Fill(net.Convolutions[0], 5, 1, net.Convolutions[0].Shape.Taps);
        Fill(net.Convolutions[2], 7, 1, net.Convolutions[2].Shape.Taps);
        Fill(net.Convolutions[1], 2, 1, 1);
        IReadOnlyList<int[]> kept = KeptChannels.Largest(net, [1, 1, 1, 2, 1, 2]);
        Assert.Equal([7], kept[0]);
        Assert.Equal([7], kept[2]);
        Assert.Equal([2], kept[1]);

        // Two halves in two layers outweigh one whole in one.
        Fill(net.Convolutions[0], 7, 0, net.Convolutions[0].Shape.Taps);
        Fill(net.Convolutions[0], 3, 1, net.Convolutions[0].Shape.Taps);
        Fill(net.Convolutions[2], 3, 1, net.Convolutions[2].Shape.Taps - 1);
        Assert.Equal([3], KeptChannels.Largest(net, [1, 1, 1, 2, 1, 2])[2]);
    }

    [Fact]
    public void Masking_or_compacting_tied_layers_differently_is_a_fault()
    {
        using var net = new ComplexNet<float>(SmallNetworks.Residual(), 2);
        int[][] kept = [[.. Enumerable.Range(0, 8)], [.. Enumerable.Range(0, 8)], [.. Enumerable.Range(1, 8)], [.. Enumerable.Range(0, 20)], [.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, 20)]];
        Assert.Throws<ArgumentException>(() => Compaction.Compact(net, kept));
        Assert.Throws<ArgumentException>(() => Compaction.Mask(net, kept));
    }

    [Theory]
    [InlineData(1.3, 4)]
    [InlineData(2, 4)]
    [InlineData(2.4, 8)]
    public void Counts_of_tied_layers_are_equal_multiples_of_the_lanes_that_no_group_of_lanes_more_would_leave_at_the_rate(double rate, int lanes)
    {
        NetShape dense = SmallNetworks.Residual(24, 16, 40, 32);
        int[] ties = dense.Ties();
        int[] kept = KeptCounts.Choose(dense, rate, lanes, 8);
        Assert.True(KeptCounts.Rate(dense, kept) >= rate);
        for (int i = 0; i < kept.Length; i++)
        {
            Assert.Equal(kept[ties[i]], kept[i]);
            Assert.Equal(0, kept[i] % lanes);
            int[] more = [.. kept.Select((count, k) => ties[k] == ties[i] ? count + lanes : count)];
            Assert.True(more[i] > dense.Layers[i].OutputChannels || KeptCounts.Rate(dense, more) < rate, $"layer {i} could keep {more[i]}");
        }
    }

    private static void Fill(BinaryConvolution<float> layer, int filter, float value, int taps) =>
        layer.WeightRe.AsSpan(filter * layer.Shape.Taps, taps).Fill(value);
}
