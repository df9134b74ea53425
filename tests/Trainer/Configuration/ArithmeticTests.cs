using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

public class ArithmeticTests
{
    private const string Pruning = ": \"magnitude\", \"rate\": 2, \"outputLanes\": 8, \"kept\": null }";
    private static readonly string Good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));

    [Theory]
    [InlineData("\"arithmetic\": \"real\"", "", "", "arithmetic")]
    [InlineData("\"norm\": \"bias\"", "", "", "norm")]
    [InlineData("\"arithmetic\": \"complex-float\", \"norm\": \"bias\"", "", "", "norm")]
    [InlineData("\"arithmetic\": \"real-float\", \"norm\": \"group\"", "", "", "norm")]
    [InlineData("\"arithmetic\": \"real-float\", \"norm\": \"diagonal\"", "", "", "norm")]
    [InlineData("\"arithmetic\": \"real-binary\", \"norm\": \"threshold\"", "", "", "norm")]
    [InlineData("\"arithmetic\": \"complex-float\", \"norm\": \"threshold\"", "", "", "norm")]
    [InlineData("\"realInput\": \"both\"", "", "", "realInput")]
    [InlineData("\"activation\": \"relu\"", "", "", "activation")]
    [InlineData("\"arithmetic\": \"real-binary\", \"activation\": \"relu\"", "", "", "activation")]
    [InlineData("\"arithmetic\": \"real-float\", \"activation\": \"linear\"", "", "", "activation")]
    [InlineData("", "\"sumPool\": 2", "\"sumPool\": 1, \"maxPool\": 2", "layers[1].maxPool")]
    [InlineData("\"arithmetic\": \"real-float\"", "\"sumPool\": 2", "\"sumPool\": 2, \"maxPool\": 2", "layers[1].maxPool")]
    [InlineData("\"arithmetic\": \"real-float\"", "\"sumPool\": 2", "\"sumPool\": 1, \"maxPool\": 9", "layers[1].maxPool")]
    [InlineData("\"arithmetic\": \"real-float\"", "\"channels\": 8", "\"channels\": 0", "layers[0].channels")]
    [InlineData("\"arithmetic\": \"real-float\"", "\"pruning\": null", "\"pruning\": { \"binarization\": \"signs\", \"method\"" + Pruning, "pruning.binarization")]
    [InlineData("\"arithmetic\": \"complex-float\"", "\"pruning\": null", "\"pruning\": { \"binarization\": \"after\", \"method\"" + Pruning, "pruning.binarization")]
    [InlineData("\"arithmetic\": \"real-binary\"", "\"pruning\": null", "\"pruning\": { \"binarization\": \"none\", \"method\"" + Pruning, "pruning.binarization")]
    [InlineData("\"arithmetic\": \"real-float\", \"weightBits\": 4", "\"pruning\": null", "\"pruning\": { \"binarization\": \"signs\", \"method\"" + Pruning, "pruning.binarization")]
    [InlineData("\"arithmetic\": \"real-float\", \"weightBits\": 1", "", "", "weightBits")]
    [InlineData("\"arithmetic\": \"real-binary\", \"weightBits\": 4", "", "", "weightBits")]
    [InlineData("\"arithmetic\": \"real-float\", \"valueFractionBits\": 9", "\"output\": \"bits\", \"residual\": null }\n", "\"output\": \"values\", \"residual\": null }\n", "valueFractionBits")]
    public void A_key_of_another_arithmetic_is_refused_with_its_place(string added, string from, string to, string place)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(added, from, to));
        Assert.Equal(place, Assert.Single(refused.Violations).Place);
    }

    [Fact]
    public void A_refused_choice_is_spelled_as_in_the_file() =>
        Assert.Equal("threshold", Assert.Single(Assert.Throws<InputException>(() => Read("\"arithmetic\": \"real-binary\", \"norm\": \"threshold\"", "", "")).Violations).Value);

    [Theory]
    [InlineData("real-float")]
    [InlineData("real-binary")]
    [InlineData("complex-float")]
    public void Every_arithmetic_may_be_pruned_by_its_weights_as_they_are(string arithmetic) =>
        Assert.Null(Read($"\"arithmetic\": \"{arithmetic}\"", "\"pruning\": null", "\"pruning\": { \"method\"" + Pruning).Pruning!.Binarization);

    [Fact]
    public void Transforms_of_images_go_with_their_arithmetic()
    {
        string text = Good.Replace("\"iq-11\"", "\"fashion-mnist\"", StringComparison.Ordinal).Replace("\"2016-like\"", "null", StringComparison.Ordinal)
            .Replace("\"samples\": 1024", "\"samples\": null", StringComparison.Ordinal).Replace("[\"BPSK\", \"QPSK\", \"GFSK\", \"AM-DSB\"]", "null", StringComparison.Ordinal);
        InputException Refused(string arithmetic, string transform) => Assert.Throws<InputException>(() => Parse(
            text.Replace("\"seed\": 4,", $"\"seed\": 4, \"arithmetic\": \"{arithmetic}\",", StringComparison.Ordinal).Replace("\"lag\"", $"\"{transform}\"", StringComparison.Ordinal)));
        Assert.Equal("data.transform", Assert.Single(Refused("complex-binary", "grey").Violations).Place);
        Assert.Equal("data.transform", Assert.Single(Refused("real-float", "learned-imaginary").Violations).Place);
        TrainerConfiguration grey = Parse(text.Replace("\"seed\": 4,", "\"seed\": 4, \"arithmetic\": \"real-float\",", StringComparison.Ordinal).Replace("\"lag\"", "\"grey\"", StringComparison.Ordinal));
        Assert.Equal(1, DataSplits.Shape(grey).Layers[0].Input.Channels);
    }

    [Fact]
    public void Each_arithmetic_makes_its_network()
    {
        Assert.IsType<ComplexNet<float>>(Net("\"arithmetic\": \"complex-binary\"", 1, binary: true));
        Assert.IsType<ComplexNet<float>>(Net("\"arithmetic\": \"complex-float\", \"activation\": \"relu\"", 1, binary: false));
        Assert.IsType<RealNet<float>>(Net("\"arithmetic\": \"real-binary\", \"realInput\": \"both\"", 2, binary: true));
        Assert.IsType<RealNet<float>>(Net("\"arithmetic\": \"real-float\", \"norm\": \"bias\"", 1, binary: false));
    }

    [Fact]
    public void A_configuration_without_the_new_keys_keeps_its_fingerprint()
    {
        TrainerConfiguration configuration = Parse(Good);
        Assert.NotEqual(ConfigurationFile.Fingerprint(configuration, "dense", "data"), ConfigurationFile.Fingerprint(configuration with { Arithmetic = "real-float" }, "dense", "data"));
        Assert.Equal(ArithmeticKind.ComplexBinary, configuration.Kind);
    }

    private static INetwork Net(string added, int inputChannels, bool binary)
    {
        TrainerConfiguration configuration = Read(added, string.Empty, string.Empty);
        INetwork net = configuration.Network(DataSplits.Shape(configuration));
        WeightStart.Draw(net, 1);
        Assert.Equal((binary, inputChannels), (net.Prunable[0].Binary, net.Prunable[0].Shape.Input.Channels));
        Assert.All(net.Prunable, layer => Assert.All(layer.Parts, part => Assert.Contains(part, w => w != 0)));
        net.Dispose();
        return net;
    }

    private static TrainerConfiguration Read(string added, string from, string to)
    {
        string text = Good.Replace("\"seed\": 4,", added.Length == 0 ? "\"seed\": 4," : $"\"seed\": 4, {added},", StringComparison.Ordinal);
        if (from.Length > 0)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return Parse(text);
    }

    private static TrainerConfiguration Parse(string text)
    {
        string folder = Directory.CreateTempSubdirectory("bcnntrain").FullName;
        string path = Path.Combine(folder, "training.json");
        File.WriteAllText(path, text);
        try
        {
            return ConfigurationFile.Read(path);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
