using BcnnSim.Trainer.Configuration;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

public class ConfigurationFileTests
{
    private static readonly string Good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));

    [Fact]
    public void The_smoke_configuration_is_read() => Assert.Equal(3, Read(Good).Layers.Count);

    [Theory]
    [InlineData("\"seed\": 4", "\"sed\": 4")]
    [InlineData("\"seed\": 4", "\"seed\": 4, \"seed\": 5")]
    [InlineData("\"seed\": 4,", "")]
    [InlineData("\"seed\": 4", "\"seed\": -4")]
    [InlineData("\"seed\": 4", "\"seed\": 4, \"extra\": 1")]
    [InlineData("\"learningRate\": 0.005", "\"learningRate\": NaN")]
    [InlineData("\"schedule\": \"cosine\"", "\"schedule\": 1")]
    [InlineData("\"schedule\": \"cosine\"", "\"schedule\": \"linear\"")]
    [InlineData("\"batch\": 100", "\"batch\": \"100\"")]
    [InlineData("\"dense\": {", "\"dense\": [")]
    [InlineData("\"threads\": 2", "\"threads\": 2.5")]
    public void Text_that_does_not_match_the_record_is_refused(string from, string to)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Changed(from, to)));
        Assert.Contains("training.json", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"threads\": 2", "\"threads\": 0", "threads")]
    [InlineData("\"batch\": 100", "\"batch\": 1", "batch")]
    [InlineData("\"name\": \"smoke\"", "\"name\": \"../smoke\"", "name")]
    [InlineData("\"inputBits\": 8", "\"inputBits\": 9", "data.inputBits")]
    [InlineData("\"channels\": 8", "\"channels\": 4", "layers[0].channels")]
    [InlineData("\"channels\": 8", "\"channels\": 2147483647", "layers[0].channels")]
    [InlineData("\"stride\": [2, 2]", "\"stride\": [2, -2]", "layers[0].stride[1]")]
    [InlineData("\"stride\": [2, 2]", "\"stride\": [2]", "layers[0]")]
    [InlineData("\"padding\": [0, 0]", "\"padding\": [1, 0]", "layers[2].padding[0]")]
    [InlineData("\"sumPool\": 2", "\"sumPool\": 0", "layers[1].sumPool")]
    [InlineData("\"epochs\": 3", "\"epochs\": -1", "dense.epochs")]
    [InlineData("\"set\": \"iq-11\"", "\"set\": \"mnist\"", "data.set")]
    [InlineData("\"set\": \"iq-11\"", "\"set\": \"fashion-mnist\"", "data.channel")]
    [InlineData("\"set\": \"iq-11\"", "\"set\": \"fashion-mnist\"", "data.transform")]
    [InlineData("\"transform\": \"lag\"", "\"transform\": \"learned-imaginary\"", "data.transform")]
    [InlineData("\"channel\": \"2016-like\"", "\"channel\": null", "data.channel")]
    [InlineData("\"samples\": 1024", "\"samples\": null", "data.samples")]
    [InlineData("\"samples\": 1024", "\"samples\": 1024, \"augmentation\": \"crop-flip\"", "data.augmentation")]
    [InlineData("\"samples\": 1024", "\"samples\": 1024, \"folder\": \"x\"", "data.folder")]
    [InlineData("\"images\": null", "\"images\": 99", "dense.images")]
    [InlineData("\"images\": null", "\"images\": 4001", "dense.images")]
    [InlineData("\"learningRate\": 0.005", "\"learningRate\": 0", "dense.learningRate")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"luck\", \"rate\": 20, \"outputLanes\": 4, \"kept\": null }", "pruning.method")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 0.5, \"outputLanes\": 4, \"kept\": null }", "pruning.rate")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 2, \"outputLanes\": 4, \"kept\": [8, 8] }", "pruning.kept")]
    [InlineData("\"retrain\": null", "\"retrain\": { \"epochs\": 1, \"images\": null, \"learningRate\": 0.1, \"schedule\": \"steps\" }", "pruning")]
    public void A_value_out_of_range_is_refused_with_its_place(string from, string to, string place)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Changed(from, to)));
        Assert.Contains(refused.Violations, violation => violation.Place == place);
    }

    [Fact]
    public void Every_violation_is_reported_not_only_the_first()
    {
        string text = Good.Replace("\"threads\": 2", "\"threads\": 0", StringComparison.Ordinal).Replace("\"inputBits\": 8", "\"inputBits\": 0", StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<InputException>(() => Read(text)).Violations.Count);
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Throws<InputException>(() => ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "nowhere.json")));

    [Fact]
    public void Fingerprints_follow_what_decides_a_phase_and_nothing_else()
    {
        TrainerConfiguration configuration = Read(Good);
        string dense = ConfigurationFile.Fingerprint(configuration, "dense", "data");
        Assert.Equal(dense, ConfigurationFile.Fingerprint(configuration with { Threads = 7, Retrain = configuration.Dense }, "dense", "data"));
        Assert.NotEqual(dense, ConfigurationFile.Fingerprint(configuration with { Seed = 5 }, "dense", "data"));
        Assert.NotEqual(dense, ConfigurationFile.Fingerprint(configuration with { Dense = configuration.Dense with { Images = 400 } }, "dense", "data"));
        Assert.NotEqual(dense, ConfigurationFile.Fingerprint(configuration, "dense", "other data"));
        Assert.NotEqual(
            ConfigurationFile.Fingerprint(configuration, "retrain", "data"),
            ConfigurationFile.Fingerprint(configuration with { Retrain = configuration.Dense }, "retrain", "data"));
    }

    private static string Changed(string from, string to)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        int at = Good.IndexOf(from, StringComparison.Ordinal);
        return Good[..at] + to + Good[(at + from.Length)..];
    }

    private static TrainerConfiguration Read(string text)
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
