using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

public class LayerGraphTests
{
    private static readonly string Good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "residual.json"));

    [Fact]
    public void Names_become_links_and_maps_follow_their_sources()
    {
        NetShape shape = Read(Good).Shape(new MapShape(32, 32, 1), 4);
        Assert.Equal([new(LayerLink.Frame, true), new(0), new(1, true, 0), new(2, true), new(2), new(4, true, 3)], shape.Links);
        Assert.Equal(new MapShape(8, 8, 24), shape.Layers[^1].Output);
        Assert.Equal(new MapShape(16, 16, 16), shape.Layers[4].Input);
        Assert.True(shape.Relu);
    }

    [Theory]
    [InlineData(3, "\"input\": \"conv3\"", "\"input\": \"conv4\"", "layers[3].input")]
    [InlineData(3, "\"input\": \"conv3\"", "\"input\": \"Conv3\"", "layers[3].input")]
    [InlineData(3, "\"input\": \"conv3\"", "\"input\": \"conv03\"", "layers[3].input")]
    [InlineData(0, "\"input\": null", "\"input\": \"conv1\"", "layers[0].input")]
    [InlineData(2, "\"residual\": \"conv1\"", "\"residual\": \"conv3\"", "layers[2].residual")]
    [InlineData(2, "\"residual\": \"conv1\"", "\"residual\": \"input\"", "layers[2].residual")]
    [InlineData(2, "\"residual\": \"conv1\"", "\"residual\": \"conv2\"", "layers[2].residual")]
    [InlineData(2, "\"output\": \"values\"", "\"output\": \"bits\"", "layers[2].output")]
    [InlineData(2, "\"channels\": 16", "\"channels\": 24", "layers[2].residual")]
    [InlineData(2, "\"input\": null", "\"input\": \"conv1\"", "layers[1]")]
    [InlineData(5, "\"output\": \"values\", \"residual\": \"conv4\"", "\"output\": \"bits\", \"residual\": null", "head.relu")]
    [InlineData(5, "\"output\": \"values\", \"residual\": \"conv4\"", "\"output\": \"bits\", \"residual\": null", "layers[3]")]
    public void A_graph_that_cannot_be_is_refused_with_its_place(int layer, string from, string to, string place)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Changed(layer, from, to)));
        Assert.Contains(refused.Violations, violation => violation.Place == place);
    }

    [Fact]
    public void Every_broken_link_is_reported_at_once()
    {
        string text = Changed(3, "\"input\": \"conv3\"", "\"input\": \"conv9\"").Replace("\"residual\": \"conv4\"", "\"residual\": \"conv8\"", StringComparison.Ordinal);
        string[] places = [.. Assert.Throws<InputException>(() => Read(text)).Violations.Select(violation => violation.Place)];
        Assert.Equal(["layers[3].input", "layers[5].residual", "layers[3]"], places);
    }

    [Fact]
    public void Adds_of_unequal_maps_are_all_refused_when_the_input_is_known()
    {
        string text = Changed(3, "\"stride\": [2, 2]", "\"stride\": [1, 2]").Replace("\"channels\": 16, \"kernel\": [3, 3], \"stride\": [1, 1], \"padding\": [1, 1]", "\"channels\": 16, \"kernel\": [3, 3], \"stride\": [1, 1], \"padding\": [1, 0]", StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(() => Read(text).Shape(new MapShape(32, 32, 1), 4));
        Assert.Equal(["layers[2].residual", "layers[5].residual"], refused.Violations.Select(violation => violation.Place));
    }

    [Fact]
    public void Kept_counts_of_tied_layers_must_be_equal()
    {
        string text = Good.Replace("\"kept\": null", "\"kept\": [8, 8, 16, 8, 8, 8]", StringComparison.Ordinal);
        Assert.Contains(Assert.Throws<InputException>(() => Read(text)).Violations, violation => violation.Place == "pruning.kept[2]");
    }

    [Fact]
    public void Rates_of_tied_layers_must_be_equal()
    {
        string text = Good.Replace("\"kept\": null", "\"kept\": null, \"allocation\": \"layers\", \"layerRates\": [2, 4, 3, 2, 2, 2]", StringComparison.Ordinal);
        Assert.Equal(["pruning.layerRates[2]"], Assert.Throws<InputException>(() => Read(text)).Violations.Select(violation => violation.Place));
    }

    /// <summary>An add carries a channel around the gate of its bits; kernels have gates in the weights.</summary>
    [Theory]
    [InlineData("filter", "gated", false)]
    [InlineData("channel", "gated", false)]
    [InlineData("kernel", "gated", true)]
    [InlineData("filter", "after", true)]
    public void Gates_of_whole_channels_are_refused_where_there_are_values(string structure, string route, bool good)
    {
        string pruning = $$"""
            "pruning": { "method": "magnitude", "rate": 2, "outputLanes": 4, "kept": null, "structure": "{{structure}}", "allocation": "uniform", "binarization": "{{route}}", "phase": { "epochs": 1, "images": null, "learningRate": 0.01, "schedule": "constant" } },
            """;
        string text = Good.Replace("\"pruning\": { \"method\": \"magnitude\", \"rate\": 2, \"outputLanes\": 4, \"kept\": null },", pruning, StringComparison.Ordinal);
        Assert.Contains(route, text, StringComparison.Ordinal);
        if (good)
        {
            Read(text);
            return;
        }

        Assert.Equal(["pruning.binarization"], Assert.Throws<InputException>(() => Read(text)).Violations.Select(violation => violation.Place));
    }

    // Changes one layer's line.
    private static string Changed(int layer, string from, string to)
    {
        string[] lines = Good.Split('\n');
        int at = Array.FindIndex(lines, line => line.Contains("\"channels\"", StringComparison.Ordinal)) + layer;
        Assert.Contains(from, lines[at], StringComparison.Ordinal);
        lines[at] = lines[at].Replace(from, to, StringComparison.Ordinal);
        return string.Join('\n', lines);
    }

    private static TrainerConfiguration Read(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("bcnntrain").FullName, "training.json");
        File.WriteAllText(path, text);
        try
        {
            return ConfigurationFile.Read(path);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, true);
        }
    }
}
