using System.Globalization;
using System.Text;
using BcnnSim.Design;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Design;

public sealed class ResourceEstimateTests
{
    /// <summary>Yosys on bcnn_dot, as tools/rtl/README.md records it: lanes, two, three, four popcounts.</summary>
    private static readonly int[][] Synthesized =
        [[4, 32, 36, 36], [8, 59, 72, 70], [16, 111, 139, 136], [32, 209, 269, 266], [48, 322, 422, 418], [64, 417, 547, 540]];

    [Fact]
    public void A_processing_element_is_within_ten_per_cent_of_its_synthesis()
    {
        foreach (int[] point in Synthesized)
        {
            AssertWithin(0.1, point[1], PeCost.Of(PeKind.Two, point[0], 1).Lut);
            AssertWithin(0.1, point[2], PeCost.Of(PeKind.Three, point[0], 1).Lut);
            AssertWithin(0.1, point[3], PeCost.Of(PeKind.Four, point[0], 1).Lut);
        }
    }

    /// <summary>Po, Pp, bits of a partial sum, bits: LUT, FF of bcnn_accumulator_bank in Yosys (tools/rtl/README.md).</summary>
    [Theory]
    [InlineData(1, 4, 5, 24, 762, 552)]
    [InlineData(2, 4, 5, 24, 1217, 932)]
    [InlineData(4, 2, 5, 24, 1313, 933)]
    [InlineData(2, 4, 9, 32, 1634, 1188)]
    [InlineData(2, 8, 7, 20, 2160, 1445)]
    [InlineData(4, 4, 5, 24, 2225, 1697)]
    [InlineData(8, 16, 5, 24, 16_330, 12_444)]
    public void An_accumulator_bank_is_within_ten_per_cent_of_its_synthesis(int outputs, int pixels, int partial, int bits, int lut, int ff)
    {
        int lanes = 1 << (partial - 3);
        PeArrayDesign pe = new() { OutputLanes = outputs, PixelLanes = pixels, InputLanes = lanes, Kind = PeKind.Two, PipelineDepth = 1 };
        Assert.Equal(partial, AccumulatorCost.PartialBits(lanes));
        ResourceCount cost = AccumulatorCost.Of(pe, bits);
        AssertWithin(0.1, lut, cost.Lut);
        AssertWithin(0.1, ff, cost.Ff);
    }

    /// <summary>Po, Nn, pool lanes, bits, words of a state bank: LUT without LUTRAM and FF of bcnn_pool_unit in Yosys (tools/rtl/README.md).</summary>
    [Theory]
    [InlineData(1, 1, 1, 16, 600, 241)]
    [InlineData(4, 2, 2, 16, 653, 240)]
    [InlineData(2, 4, 2, 16, 923, 353)]
    [InlineData(1, 2, 2, 16, 1087, 241)]
    [InlineData(2, 4, 4, 16, 1282, 241)]
    [InlineData(2, 4, 4, 24, 1570, 241)]
    [InlineData(1, 4, 4, 16, 2840, 241)]
    [InlineData(4, 4, 2, 24, 1261, 496)]
    [InlineData(2, 8, 4, 16, 1957, 417)]
    [InlineData(8, 32, 32, 24, 17_899, 239)]
    public void A_pooling_unit_is_within_ten_per_cent_of_its_synthesis(int outputs, int norm, int lanes, int bits, int lut, int ff)
    {
        PoolCost cost = new(outputs, norm, lanes, bits, StateEntries: 64 * outputs);
        AssertWithin(0.1, lut, cost.Logic.Lut);
        AssertWithin(0.1, ff, cost.Logic.Ff);
    }

    /// <summary>The reference design's running sums: 8 memories of 64 words, each bit a LUT.</summary>
    [Fact]
    public void The_state_of_the_pooling_unit_is_what_its_synthesis_takes() =>
        Assert.Equal(new ResourceCount(3072, 0), PoolCost.Of(Designs.Reference()).State);

    /// <summary>Worked by hand: Po, Nn, pool lanes; columns, channels; sums. The lockstep builds its RTL with just as many words.</summary>
    [Theory]
    [InlineData(1, 1, 1, 5, 3, 15)]
    [InlineData(8, 32, 32, 4, 8, 32)]
    [InlineData(8, 32, 32, 5, 8, 64)]
    [InlineData(8, 32, 32, 9, 8, 128)]
    [InlineData(8, 32, 32, 9, 9, 256)]
    [InlineData(5, 4, 3, 2, 6, 48)]
    public void A_row_of_running_sums_takes_whole_words_of_all_banks(int outputs, int norm, int lanes, int columns, int channels, long sums) =>
        Assert.Equal(sums, new PoolCost(outputs, norm, lanes, 24, StateEntries: 0).TakenBy(columns, channels));

    /// <summary>Po, Nn, bits, stages, channels of the table: LUT (SRL among them), FF, BRAM36, DSP of bcnn_norm_unit in Yosys (tools/rtl/README.md).</summary>
    [Theory]
    [InlineData(1, 1, 24, 4, 512, 965, 572, 2.5, 4)]
    [InlineData(1, 2, 24, 4, 512, 1675, 914, 2.5, 8)]
    [InlineData(2, 2, 24, 4, 512, 2048, 1023, 5, 8)]
    [InlineData(4, 2, 24, 3, 512, 1933, 559, 5, 8)]
    [InlineData(2, 4, 24, 2, 512, 3323, 576, 5, 16)]
    [InlineData(2, 4, 16, 6, 512, 3460, 1720, 5, 16)]
    [InlineData(2, 4, 24, 4, 512, 3500, 1707, 5, 16)]
    [InlineData(2, 4, 30, 4, 512, 4017, 1851, 5, 32)]
    [InlineData(4, 4, 24, 4, 512, 4358, 1924, 10, 16)]
    public void A_norm_unit_is_within_ten_per_cent_of_its_synthesis(int outputs, int lanes, int bits, int depth, int channels, int lut, int ff, double bram, int dsp)
    {
        NormCost cost = new(outputs, lanes, bits, depth);
        AssertWithin(0.1, lut, cost.Logic.Lut);
        AssertWithin(0.1, ff, cost.Logic.Ff);
        Assert.Equal(Math.Ceiling(bram), cost.Table(channels).Bram36);
        Assert.Equal(dsp, cost.Logic.Dsp);
    }

    /// <summary>Points of verification.md: other circuits of the same functions.</summary>
    [Theory]
    [InlineData(PeKind.Two, 389, 0.1)]
    [InlineData(PeKind.Three, 566, 0.1)]
    [InlineData(PeKind.Four, 671, 0.2)]
    public void A_processing_element_of_64_lanes_is_near_the_known_points(PeKind kind, int lut, double tolerance) =>
        AssertWithin(tolerance, lut, PeCost.Of(kind, 64, 1).Lut);

    [Fact]
    public void Three_ranks_of_a_four_count_element_hold_about_the_known_84_flip_flops() =>
        AssertWithin(0.2, 84, PeCost.Of(PeKind.Four, 64, 3).Ff);

    [Theory]
    [InlineData(72, 512, 1)]
    [InlineData(73, 512, 2)]
    [InlineData(72, 513, 2)]
    [InlineData(36, 1024, 1)]
    [InlineData(8, 4096, 1)]
    [InlineData(1, 32768, 1)]
    [InlineData(1, 32769, 2)]
    [InlineData(144, 1024, 4)]
    public void A_block_ram_takes_its_best_aspect_ratio(int width, int depth, int expected) =>
        Assert.Equal(expected, MemoryCost.Of(MemoryKind.Bram, width, depth).Bram36);

    [Theory]
    [InlineData(72, 4096, 1)]
    [InlineData(73, 4096, 2)]
    [InlineData(72, 4097, 2)]
    [InlineData(1, 1, 1)]
    public void An_ultra_ram_has_one_shape(int width, int depth, int expected) =>
        Assert.Equal(expected, MemoryCost.Of(MemoryKind.Uram, width, depth).Uram);

    [Theory]
    [InlineData(14, 32, 8)]
    [InlineData(15, 32, 16)]
    [InlineData(7, 64, 8)]
    [InlineData(7, 128, 16 + 7)]
    public void Lut_ram_counts_whole_groups_of_eight(int width, int depth, int expected) =>
        Assert.Equal(expected, MemoryCost.Of(MemoryKind.Lutram, width, depth).Lut);

    [Fact]
    public void A_multiplexer_takes_four_inputs_per_lut() =>
        Assert.Equal([0L, 1L, 1L, 2L, 5L, 11L], new[] { 1, 2, 4, 5, 16, 32 }.Select(n => MemoryCost.Multiplexer(n)));

    [Fact]
    public void Parts_sum_to_the_total_and_every_part_states_its_formula()
    {
        for (int seed = 1; seed < 200; seed++)
        {
            ResourceEstimate estimate = ResourceEstimate.Of(RandomDesigns.Of(seed));
            Assert.Equal(estimate.Total, estimate.Components.Aggregate(default(ResourceCount), (a, c) => a + c.Count));
            Assert.All(estimate.Components, c => Assert.True(c.Formula.Length > 10 && c.Count.Lut >= 0 && c.Count.Ff >= 0, $"seed {seed} {c}"));
            Assert.Distinct(estimate.Components.Select(c => c.Component));
        }
    }

    [Theory]
    [InlineData("peArray.inputLanes", 16)]
    [InlineData("peArray.pixelLanes", 32)]
    [InlineData("norm.lanes", 64)]
    [InlineData("norm.tableChannels", 32768)]
    [InlineData("pool.stateEntries", 65536)]
    [InlineData("accumulator.bits", 30)]
    [InlineData("classifier.maxFeatures", 4096)]
    [InlineData("classifier.maxClasses", 4000)]
    [InlineData("frameBuffer.banks", 64)]
    [InlineData("frameBuffer.wordsPerBank", 8192)]
    [InlineData("activationBuffer.wordsPerBank", 4096)]
    [InlineData("activationBuffer.banks", 64)]
    [InlineData("weightBuffer.words", 262144)]
    [InlineData("lineBuffer.windowWords", 16384)]
    [InlineData("fifos.window", 16)]
    [InlineData("clocks.crossingDepth", 128)]
    public void More_of_a_parameter_never_costs_less(string path, int value)
    {
        ResourceCount small = ResourceEstimate.Of(Designs.Reference()).Total;
        ResourceCount large = ResourceEstimate.Of(Designs.Reference($"{path}={value}")).Total;
        Assert.NotEqual(small, large);

        // A deeper memory moves from LUTRAM to block RAM: FIFOs and running sums give LUTs back.
        Assert.All(ResourceEstimate.Against(large, small), r => Assert.True(r.Need >= r.Limit || path == "fifos.window" || (path == "pool.stateEntries" && r.Name == "LUT"), $"{path} {r}"));
    }

    [Fact]
    public void Replicas_cost_as_many_times_one_of_them()
    {
        ResourceCount one = ResourceEstimate.Of(Designs.Reference()).Total;
        Assert.Equal(3 * one, ResourceEstimate.Of(Designs.Reference("execution.replicas=3")).Total);
    }

    [Fact]
    public void Accumulators_wider_than_a_multiplier_take_two_of_them() =>
        Assert.Equal(2 * Norm(Designs.Reference("accumulator.bits=27")).Dsp, Norm(Designs.Reference("accumulator.bits=28")).Dsp);

    [Fact]
    public void The_board_is_the_sum_the_specification_states()
    {
        Assert.Equal(new ResourceCount(1_303_680, 2_607_360, 2_016, 960, 9_024), Board.Device);
        ResourceCount usable = Board.Usable.Aggregate((a, b) => a + b);
        Assert.All(ResourceEstimate.Against(usable, Board.Device), r => Assert.True(r.Need <= r.Limit, r.Name));
        Assert.All(ResourceEstimate.Against(Board.Practical, usable), r => Assert.True(r.Need < r.Limit, r.Name));
    }

    [Fact]
    public void A_design_is_refused_from_the_first_primitive_beyond_the_board()
    {
        // 96-bit words take two URAM side by side per 4,096 words, the classifier 64, shortcuts 32: 432 pairs fit, 433 do not.
        AcceleratorDesign fits = Designs.Reference($"weightBuffer.words={432 * 4096}");
        Assert.Equal(960, ResourceEstimate.Of(fits).Total.Uram);
        Assert.Empty(BoardRules.Check(fits, "design"));
        Assert.True(BoardRules.Fits(fits));
        AcceleratorDesign one = Designs.Reference($"weightBuffer.words={(432 * 4096) + 1}");
        Violation refusal = Assert.Single(BoardRules.Check(one, "design"));
        Assert.False(BoardRules.Fits(one));
        Assert.Equal(("URAM", "962"), (refusal.Place, refusal.Value));
        Assert.Contains("the Alveo U280 has 960", refusal.Rule, StringComparison.Ordinal);
        Assert.StartsWith("Reduce weightBuffer first", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_limits_are_reported_at_once() => Assert.Equal(
        ["LUT", "FF", "URAM", "DSP"],
        BoardRules.Check(Designs.Reference("peArray.outputLanes=32", "peArray.pixelLanes=64", "peArray.inputLanes=64", "norm.lanes=4096", "activationBuffer.banks=128", "shortcutBuffer.banks=128"), "design").Select(v => v.Place));

    [Fact]
    public void The_estimate_of_the_reference_design_moves_only_on_purpose()
    {
        StringBuilder text = new();
        ResourceEstimate estimate = ResourceEstimate.Of(Designs.Reference());
        foreach (ComponentResources c in estimate.Components.Append(new ComponentResources("total", estimate.Total, ResourceEstimate.Basis)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{c.Component}: {c.Count.Lut} LUT, {c.Count.Ff} FF, {c.Count.Bram36} BRAM36, {c.Count.Uram} URAM, {c.Count.Dsp} DSP: {c.Formula}\n");
        }

        GoldenFile.Check("reference-resources.txt", text.ToString());
    }

    private static ResourceCount Norm(AcceleratorDesign design) => ResourceEstimate.Of(design).Components.Single(c => c.Component == "norm").Count;

    private static void AssertWithin(double tolerance, double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * expected, $"expected {expected} within {tolerance:P0}, got {actual}");
}
