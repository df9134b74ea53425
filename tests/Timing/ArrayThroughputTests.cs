using BcnnSim.Design;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>What the array is fed and what it delivers, cycle by cycle, against closed forms.</summary>
public sealed class ArrayThroughputTests
{
    /// <summary>Windows are rebuilt behind the replay of the tile before: no gap from the first word to the last of the layer.</summary>
    [Theory]
    [InlineData(16, 16, 4, 3, 32, 1)]
    [InlineData(8, 32, 32, 1, 64, 1)]
    [InlineData(12, 16, 4, 5, 24, 3)]
    public void The_array_takes_one_window_word_per_cycle_in_the_steady_state(int height, int width, int channels, int kernel, int outputs, int bits)
    {
        LayerRig rig = new(Wide(), height, width, channels, kernel, outputs, bits);
        long[] cycles = rig.WindowCycles;
        Assert.Equal(rig.Plan.ArrayCycles, cycles.Length);

        // The first tile may wait for its own words; from its last word on there is no gap.
        int firstTile = rig.Plan.Groups * rig.Plan.Planes * rig.Plan.Words;
        Assert.Equal(cycles.Length - firstTile, cycles[^1] - cycles[firstTile - 1]);
    }

    /// <summary>Draining a tile of D beats overlaps the W words of the next group: a group takes max(W, D) cycles.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void Draining_overlaps_the_next_group_and_the_slower_of_the_two_sets_the_pace(int words)
    {
        // Po 8, Nn 8: a beat carries one pixel, so the 16 pixels of a tile drain in 16 beats.
        const int Drain = 16;
        AcceleratorDesign d = Wide();
        d = d with { Norm = d.Norm with { Lanes = 8 }, Pool = d.Pool with { Lanes = 8 } };
        LayerRig rig = new(d, 8, 16, channels: 4 * words, kernel: 1, outputs: 32);
        Assert.Equal(words, rig.Plan.Words);
        long[] ends = [.. rig.PartialCycles.Where((_, i) => i % words == words - 1)];
        Assert.Equal(rig.Plan.Groups * rig.Plan.Tiles, ends.Length);
        long[] periods = [.. ends.Zip(ends.Skip(1), (a, b) => b - a)];
        int fill = rig.Plan.Groups;
        Assert.All(periods.Skip(fill), p => Assert.Equal(Math.Max(words, Drain), p));
    }

    /// <summary>Depth 1 behind the array halves its rate; the reference depth of 2 does not.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void A_partial_sum_channel_of_depth_1_halves_the_rate_of_the_array(int depth, int cyclesPerWord)
    {
        AcceleratorDesign d = Wide();
        d = d with { Fifos = d.Fifos with { PartialSum = depth } };
        LayerRig rig = new(d, 8, 16, channels: 128, kernel: 1, outputs: 16);
        long[] cycles = rig.WindowCycles;
        int from = cycles.Length / 2;
        Assert.Equal((cycles.Length - 1 - from) * cyclesPerWord, cycles[^1] - cycles[from]);
    }

    /// <summary>The reference design with buffers for any map here.</summary>
    private static AcceleratorDesign Wide() => Designs.Reference(
        "peArray.outputLanes=8", "peArray.pixelLanes=16", "peArray.inputLanes=4", "frameBuffer.wordsPerBank=65536", "activationBuffer.wordsPerBank=65536", "frameBuffer.wordChannels=4", "frameBuffer.banks=64");
}
