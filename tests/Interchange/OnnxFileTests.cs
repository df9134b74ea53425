using BcnnSim.Interchange.Format;
using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Interchange.Tests;

/// <summary>The file itself: its bytes, its graph, and what is refused.</summary>
public sealed class OnnxFileTests
{
    public static TheoryData<Network> Networks => [TinyNetwork.Create(), TinyResidualNetwork.Create()];

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        Assert.Equal(Bytes(TinyNetwork.Create()), Bytes(TinyNetwork.Create()));
        Assert.NotEqual(Bytes(TinyNetwork.Create()), Bytes(TinyNetwork.Create() with { Name = "other" }));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_node_reads_what_came_before_and_every_tensor_is_read(Network network)
    {
        GraphProto graph = ModelProto.Parser.ParseFrom(Bytes(network)).Graph;
        List<string> known = [.. graph.Input.Select(i => i.Name), .. graph.Initializer.Select(i => i.Name)];
        HashSet<string> read = [.. graph.Output.Select(o => o.Name)];
        foreach (NodeProto node in graph.Node)
        {
            Assert.All(node.Input, i => Assert.Contains(i, known));
            known.AddRange(node.Output);
            read.UnionWith(node.Input);
        }

        Assert.Equal(known.Count, known.Distinct().Count());
        Assert.Empty(known.Except(read));
    }

    [Fact]
    public void Inputs_outputs_and_properties_say_what_the_model_takes_and_gives()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Bytes(TinyNetwork.Create()));
        Assert.Equal(["re: batch 3 4 4", "im: batch 3 4 4"], model.Graph.Input.Select(Shape));
        Assert.Equal(["scores: batch 3", "class: batch"], model.Graph.Output.Select(Shape));
        Assert.Contains("v = 2u - 3 of the unsigned 2-bit component u", model.DocString, StringComparison.Ordinal);
        Assert.Equal(
            ["bcnnsim.network=tiny", "bcnnsim.inputBits=2", "bcnnsim.inputValue=2u - 3", "bcnnsim.inputTransform=none", "bcnnsim.classes=[\"noise\",\"tone\",\"burst\"]"],
            model.MetadataProps.Select(p => $"{p.Key}={p.Value}"));
    }

    /// <summary>Weights lie in the file once, as int8: no expanded matrix.</summary>
    [Fact]
    public void A_complex_weight_takes_two_bytes()
    {
        Network network = NetworkFile.Read(Repository.File("models", "networks", "cc-resnet18"));
        long weights = network.Layers.Sum(l => (long)l.DenseTaps * l.OutputChannels);
        Assert.InRange(Bytes(network).Length, 2 * weights, (2 * weights) + 600_000);
    }

    [Fact]
    public void A_sum_of_exactly_2_to_the_24_is_exported_and_one_more_tap_is_refused()
    {
        Assert.Empty(OnnxRules.Check(WithTaps(1 << 23)));
        Violation violation = Assert.Single(OnnxRules.Check(WithTaps((1 << 23) + 1)));
        Assert.Equal("network wide: conv: sums up to 16777218: float32 holds every integer only up to 2^24 = 16777216. Use fewer taps, fewer input bits or a smaller sum pooling.", violation.ToString());
    }

    [Fact]
    public void All_violations_come_together_and_nothing_is_written()
    {
        using MemoryStream stream = new();
        InputException refused = Assert.Throws<InputException>(() => OnnxFile.Write(WithTaps(1 << 24) with { Classifier = null }, stream));
        Assert.Equal(["classifier", "conv"], refused.Violations.Select(v => v.Place));
        Assert.Equal(0, stream.Length);
        Network large = WithTaps(1 << 20);
        Assert.Empty(OnnxRules.Check(large with { Layers = [large.Layers[0] with { OutputChannels = 953 }] }));
        Assert.Equal("weights", Assert.Single(OnnxRules.Check(large with { Layers = [large.Layers[0] with { OutputChannels = 954 }] })).Place);
        Assert.Equal("weights", Assert.Single(OnnxRules.Check(TinyNetwork.Create() with { TimingOnly = true })).Place);
    }

    /// <summary>Shapes only: the weights would be large and the rule does not look at them.</summary>
    private static Network WithTaps(int taps)
    {
        Network tiny = TinyNetwork.Create();
        ConvolutionLayer layer = new(
            "conv", Network.InputName, new MapShape(1, 1, taps), 1, 1, 1, 1, 1, 0, 0, 1, 1, FoldedNorm.Threshold([0, 0], [0, 0]), new QuadrantTensor(1, taps, [], [], null));
        return tiny with { Name = "wide", Input = tiny.Input with { InputBits = 1 }, Layers = [layer] };
    }

    private static string Shape(ValueInfoProto value) => $"{value.Name}: {string.Join(' ', value.Type.TensorType.Shape.Dim.Select(d => d.HasDimParam ? d.DimParam : $"{d.DimValue}"))}";

    private static byte[] Bytes(Network network)
    {
        using MemoryStream stream = new();
        OnnxFile.Write(network, stream);
        return stream.ToArray();
    }
}
