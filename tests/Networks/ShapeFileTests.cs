using System.Text;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class ShapeFileTests
{
    private const string Valid = """
        {
          "schema": "bcnnsim.shape/1", "name": "two", "source": "made for a test",
          "input": { "height": 8, "width": 6, "channels": 3, "inputBits": 4 },
          "nodes": [
            { "kind": "convolution", "name": "conv1", "input": "input", "outputChannels": 5, "kernel": [3, 3], "stride": [1, 1], "padding": [1, 1],
              "sumPool": 2, "maxPool": 1, "normKind": "complex", "output": "values", "residual": null },
            { "kind": "convolution", "name": "conv2", "input": "conv1", "outputChannels": 5, "kernel": [1, 1], "stride": [1, 1], "padding": [0, 0],
              "sumPool": 1, "maxPool": 1, "normKind": "complex", "output": "values", "residual": "conv1" },
            { "kind": "classifier", "name": "head", "input": "conv2", "classes": 7, "features": "values", "relu": true }
          ]
        }
        """;

    [Fact]
    public void A_shape_becomes_a_network_whose_values_mean_nothing()
    {
        Network network = Parse(Valid);
        Assert.True(network.TimingOnly);
        Assert.Equal(new PruningRecord("none", (27 * 5) + 25, (27 * 5) + 25), network.Pruning);
        Assert.Equal(7, network.Classes.Count);
        Assert.Equal(new MapShape(4, 3, 5), network.Layers[1].InputShape);
        Assert.Equal("conv1", network.Layers[1].Residual);
    }

    [Fact]
    public void Two_readings_give_the_same_pattern_and_other_layers_another_one()
    {
        Network first = Parse(Valid);
        NetworkAssert.Equal(first, Parse(Valid), "second reading");
        Assert.NotEqual(first.Layers[0].Weights.Re, first.Layers[0].Weights.Im);
        Assert.True(first.Layers[0].Weights.Re.Distinct().Count() > 4);
    }

    [Theory]
    [InlineData("cc-nin", 398_212, 93.69)]
    [InlineData("cc-resnet18", 5_508_570, 283.2)]
    [InlineData("ic-nin", 0, 0)]
    [InlineData("ic-resnet18", 0, 0)]
    public void Committed_shapes_are_canonical_and_have_the_counts_of_the_specification(string name, long weights, double megaMacs)
    {
        string file = Repository.File("models", "networks", name, ShapeFile.JsonName);
        Network network = ShapeFile.Read(file);
        string text = File.ReadAllText(file);
        string source = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("source").GetString()!;
        Assert.Equal(text, Encoding.UTF8.GetString(ShapeFile.Encode(network, source)));
        if (weights > 0)
        {
            Assert.Equal(weights, network.Pruning.DenseWeights);
            Assert.Equal(megaMacs, network.Layers.Sum(l => l.MultiplyAccumulates) / 1e6, 1);
        }
    }

    [Fact]
    public void Any_random_network_survives_as_its_shape()
    {
        using TemporaryFolder folder = new();
        for (int seed = 1; seed < 40; seed++)
        {
            Network network = RandomNetworks.Plain(seed);
            ShapeFile.Write(network, "random", folder.File("shape.json"));
            Network back = ShapeFile.Read(folder.File("shape.json"));
            Assert.Equal(network.Layers.Select(l => (l.Name, l.InputShape, l.OutputShape, l.DenseTaps, l.SumPool)), back.Layers.Select(l => (l.Name, l.InputShape, l.OutputShape, l.DenseTaps, l.SumPool)));
        }
    }

    [Theory]
    [InlineData("bcnnsim.shape/1", "bcnnsim.shape/2", "shape.schema: bcnnsim.shape/2: must be bcnnsim.shape/1")]
    [InlineData("\"name\": \"two\"", "\"name\": \"Two\"", "shape.name: Two")]
    [InlineData("\"name\": \"two\", ", "", "shape.name: absent: missing key")]
    [InlineData("\"source\": \"made for a test\"", "\"source\": 3", "shape.source: 3: must be a JSON string")]
    [InlineData("\"height\": 8", "\"height\": 0", "shape.input.height: 0: must be a whole number in 1..65536")]
    [InlineData("\"inputBits\": 4", "\"inputBits\": 9", "shape.input.inputBits: 9: must be a whole number in 1..8")]
    [InlineData("\"inputBits\": 4", "\"inputBits\": 4, \"transform\": \"none\"", "shape.input.transform: \"none\": unknown key")]
    [InlineData("\"height\": 8, \"width\": 6", "\"height\": 65536, \"width\": 65536", "a map has at most 67108864 values")]
    [InlineData("\"nodes\": [", "\"classes\": [], \"nodes\": [", "shape.classes: []: unknown key")]
    [InlineData("\"kernel\": [3, 3]", "\"kernel\": [30, 3]", "must fit the padded map 8x6x3")]
    [InlineData("\"padding\": [1, 1]", "\"padding\": [3, 1]", "must be smaller than the kernel")]
    [InlineData("\"kernel\": [3, 3]", "\"kernel\": [3]", "must be two numbers [y, x]")]
    [InlineData("\"outputChannels\": 5, \"kernel\": [1, 1]", "\"outputChannels\": 6, \"kernel\": [1, 1]", "conv1")]
    [InlineData("\"input\": \"conv1\"", "\"input\": \"conv9\"", "conv9")]
    [InlineData("\"name\": \"conv2\"", "\"name\": \"conv1\"", "names are unique")]
    [InlineData("\"kind\": \"classifier\"", "\"kind\": \"pool\"", "must be convolution or classifier")]
    [InlineData("\"relu\": true", "\"relu\": 1", "must be a JSON boolean")]
    [InlineData("\"sumPool\": 2, ", "\"sumPool\": 9, ", "must fit the map 8x6")]
    [InlineData("\"classes\": 7", "\"classes\": 7, \"classes\": 8", "duplicate key")]
    [InlineData("\"schema\"", "// no\n\"schema\"", "must be valid JSON")]
    public void A_wrong_shape_is_refused_with_place_value_and_rule(string from, string to, string expected)
    {
        Assert.Contains(from, Valid, StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(() => Parse(Valid.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(refused.Violations, v => v.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.All(refused.Violations, v => Assert.Equal("test.json", v.Source));
    }

    [Fact]
    public void A_small_file_cannot_ask_for_more_memory_than_a_large_network_takes()
    {
        string huge = Valid.Replace("\"outputChannels\": 5, \"kernel\": [1, 1]", "\"outputChannels\": 60000, \"kernel\": [1, 1]", StringComparison.Ordinal)
            .Replace("\"channels\": 3", "\"channels\": 60000", StringComparison.Ordinal)
            .Replace("\"outputChannels\": 5, \"kernel\": [3, 3]", "\"outputChannels\": 60000, \"kernel\": [3, 3]", StringComparison.Ordinal);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InputException refused = Assert.Throws<InputException>(() => Parse(huge));
        Assert.Contains(refused.Violations, v => v.Rule.Contains($"at most {TensorPattern.MaxBytes} bytes", StringComparison.Ordinal));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 3 * TensorPattern.MaxBytes);
    }

    [Fact]
    public void Damaged_shapes_are_refused_or_read_and_never_fail_otherwise()
    {
        byte[] valid = Encoding.UTF8.GetBytes(Valid);
        int accepted = 0;
        const int Seed = 20241;
        Random random = new(Seed);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] damaged = round % 2 == 0 ? Mutation.Text(random, valid) : Mutation.Bytes(random, valid);
            try
            {
                ShapeFile.Parse(damaged, new ViolationList("test.json"));
                accepted++;
            }
            catch (InputException refused)
            {
                Assert.NotEmpty(refused.Violations);
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {Seed}, round {round}: {failure}");
            }
        }

        Assert.InRange(accepted, 1, 1_900);
    }

    private static Network Parse(string text) => ShapeFile.Parse(Encoding.UTF8.GetBytes(text), new ViolationList("test.json"));
}
