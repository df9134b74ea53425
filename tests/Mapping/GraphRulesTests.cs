using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Mapping;

/// <summary>Graphs that two halves of bits and one shortcut map can hold, and those they cannot.</summary>
public sealed class GraphRulesTests
{
    private static readonly MapShape Map = new(4, 4, 3);

    [Fact]
    public void A_second_layer_on_the_same_bits_needs_no_exchange_of_halves()
    {
        AcceleratorProgram program = LayerMapper.Map(TinyResidualNetwork.Create(), Designs.Reference("execution.framesInFlight=1"));
        Assert.Equal(
            "LoadFrame, Compute 0, Barrier, Swap, Compute 1, Barrier, Swap, Compute 2, Barrier, Swap, Compute 3, Barrier, Compute 4, Barrier, Swap, Compute 5, Store",
            string.Join(", ", program.Body));
        LayerSinks[] sinks = [new(true, true, false), new(true, false, false), new(true, false, false), new(false, true, false), new(true, false, false), new(false, false, true)];
        Assert.Equal(sinks, program.Layers.Select(l => l.Sinks));
        Assert.Equal([false, false, true, false, false, true], program.Layers.Select(l => l.AddsShortcut));
    }

    [Fact]
    public void A_third_map_of_bits_is_refused() => Refused(
        "two halves of bits", "c", "a", Bits("stem", "input"), Bits("a", "stem"), Bits("c", "stem"), Values("d", "a", null), Values("e", "c", "d"));

    [Fact]
    public void A_map_that_is_no_longer_read_may_be_overwritten() => Assert.Equal(
        5, LayerMapper.Map(Of(Bits("stem", "input"), Values("a", "stem", null), Bits("c", "stem"), Values("d", "c", "a"), Bits("e", "d")), Designs.Reference()).Layers.Count);

    [Fact]
    public void A_second_shortcut_map_is_refused() => Refused(
        "one shortcut map", "a", "stem", Values("stem", "input", null), Values("a", "stem", null), Values("b", "a", "stem"), Values("c", "b", "a"));

    [Fact]
    public void A_sum_may_replace_the_shortcut_it_was_made_of() => Assert.Equal(
        3, LayerMapper.Map(Of(Values("stem", "input", null), Values("a", "stem", "stem"), Values("b", "a", "a")), Designs.Reference()).Layers.Count);

    [Fact]
    public void Only_the_first_layer_reads_the_frame() => Refused(
        "reads the frame", "a", "input", Values("stem", "input", null), Bits("a", "input"), Values("b", "a", "stem"));

    [Fact]
    public void A_result_that_nothing_reads_is_refused() => Refused("nothing reads", "a", "a", Bits("stem", "input"), Bits("a", "stem"), Bits("b", "stem"));

    [Fact]
    public void The_classifier_reads_the_last_layer()
    {
        Network network = Of(Bits("stem", "input"), Bits("a", "stem"));
        network = network with { Classifier = network.Classifier! with { Source = "stem" } };
        Assert.Contains(MappingRules.Check(network, Designs.Reference()), v => v.Place == "head" && v.Value == "stem" && v.Rule.Contains("last layer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_head_on_values_needs_values() => Assert.Contains(
        MappingRules.Check(Of(Bits("stem", "input")) with { Classifier = new ClassifierLayer("head", "stem", Map, 1, new sbyte[6], [0]) { ReadsValues = true } }, Designs.Reference()),
        v => v.Rule.Contains("not values", StringComparison.Ordinal));

    [Fact]
    public void Values_need_shifts_and_no_max_pooling()
    {
        ConvolutionLayer bits = Bits("stem", "input") with { Output = OutputKind.Values };
        ConvolutionLayer pooled = Values("stem", "input", null) with { MaxPool = 2 };
        Assert.Contains(MappingRules.Check(Of(bits), Designs.Reference()), v => v.Rule.Contains("shifts", StringComparison.Ordinal));
        Assert.Contains(MappingRules.Check(Of(pooled), Designs.Reference()), v => v.Rule.Contains("max pooled", StringComparison.Ordinal));
        Assert.Contains(MappingRules.Check(Of(Bits("stem", "input") with { Residual = "stem" }), Designs.Reference()), v => v.Rule.Contains("added to values", StringComparison.Ordinal));
    }

    /// <summary>4x4 pixels over 8 banks, one word of 8 channels each: 2 words per bank.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void The_shortcut_map_must_fit_its_buffer(int words, bool fits)
    {
        Network network = Of(Values("stem", "input", null), Values("a", "stem", "stem"));
        AcceleratorDesign design = Designs.Reference($"shortcutBuffer.wordsPerBank={words}");
        Assert.Equal(fits, !MappingRules.Check(network, design).Any(v => v.Rule.Contains("shortcutBuffer.wordsPerBank", StringComparison.Ordinal)));
    }

    /// <summary>Two pooled columns of three channels: a word of 8 channels in each of four banks.</summary>
    [Theory]
    [InlineData(32, true)]
    [InlineData(31, false)]
    public void The_running_sums_of_a_pooled_row_must_fit_in_whole_words(int entries, bool fits)
    {
        Network network = Of(Bits("stem", "input") with { SumPool = 2 });
        AcceleratorDesign design = Designs.Reference($"pool.stateEntries={entries}");
        Assert.Equal(fits, !MappingRules.Check(network, design).Any(v => v.Rule.Contains("whole words of the pool's banks", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_beat_behind_the_norm_needs_a_bank_of_the_shortcut_map_for_each_pixel()
    {
        InputException refused = Assert.Throws<InputException>(() => Designs.Reference("shortcutBuffer.banks=3"));
        Assert.Equal("shortcutBuffer.banks", Assert.Single(refused.Violations).Place);
    }

    private static void Refused(string rule, string place, string value, params ConvolutionLayer[] layers)
    {
        Violation violation = Assert.Single(MappingRules.Check(Of(layers), Designs.Reference()));
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.Equal((place, value), (violation.Place, violation.Value));
        Assert.NotEmpty(violation.Remedy);
    }

    private static ConvolutionLayer Bits(string name, string source) => TinyResidualNetwork.Layer(name, source, Map, 3, 1, 1, values: false, null);

    private static ConvolutionLayer Values(string name, string source, string? residual) => TinyResidualNetwork.Layer(name, source, Map, 3, 1, 1, values: true, residual);

    private static Network Of(params ConvolutionLayer[] layers) => TinyResidualNetwork.Create() with
    {
        Input = new NetworkInput(4, 4, 3, 1, "none", new Dictionary<string, double>()),
        Layers = layers,
        Classifier = new ClassifierLayer("head", layers[^1].Name, Map, 1, new sbyte[6], [0]),
    };
}
