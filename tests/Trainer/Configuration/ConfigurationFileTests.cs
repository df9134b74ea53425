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
    [InlineData("\"stride\": [2, 2]", "\"stride\": [2]", "layers[0].stride")]
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
    [InlineData("\"seed\": 4", "\"seed\": 4, \"valueFractionBits\": 16", "valueFractionBits")]
    [InlineData("\"seed\": 4", "\"seed\": 4, \"valueFractionBits\": 10", "valueFractionBits")]
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

    [Theory]
    [InlineData("\"seed\": 4", "\"sed\": 4", "sed", "unknown key")]
    [InlineData("\"seed\": 4", "\"seed\": 4, \"isReal\": true", "isReal", "unknown key")]
    [InlineData("\"seed\": 4,", "", "seed", "missing key")]
    [InlineData("\"seed\": 4", "\"seed\": 4, \"seed\": 5", "seed", "duplicate key")]
    [InlineData("\"seed\": 4", "\"seed\": -4", "seed", "whole number in 0..18446744073709551615")]
    [InlineData("\"threads\": 2", "\"threads\": 2.5", "threads", "whole number")]
    [InlineData("\"threads\": 2", "\"threads\": null", "threads", "whole number")]
    [InlineData("\"batch\": 100", "\"batch\": \"100\"", "batch", "whole number")]
    [InlineData("\"name\": \"smoke\"", "\"name\": 5", "name", "text in quotes")]
    [InlineData("\"name\": \"smoke\"", "\"name\": null", "name", "text in quotes")]
    [InlineData("\"schedule\": \"cosine\"", "\"schedule\": \"linear\"", "dense.schedule", "one of")]
    [InlineData("\"schedule\": \"cosine\"", "\"schedule\": 1", "dense.schedule", "one of")]
    [InlineData("\"learningRate\": 0.005", "\"learningRate\": 1e999", "dense.learningRate", "finite number")]
    [InlineData("\"dense\": {", "\"dense\": [5], \"retrain\": {", "dense", "object in braces")]
    [InlineData("\"pruning\": null", "\"pruning\": \"none\"", "pruning", "object in braces")]
    [InlineData("\"kernel\": [3, 3]", "\"kernel\": 3", "layers[0].kernel", "list in square brackets")]
    [InlineData("\"kernel\": [1, 1]", "\"kernel\": [true, 1]", "layers[2].kernel[0]", "whole number")]
    [InlineData("\"kernel\": [1, 1]", "\"kernel\": [1, 1, 1]", "layers[2].kernel", "two numbers")]
    [InlineData("\"BPSK\"", "null", "data.classes[0]", "text in quotes")]
    public void A_key_of_the_wrong_kind_is_refused_in_words_of_json(string from, string to, string place, string rule)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Changed(from, to)));
        Violation violation = Assert.Single(refused.Violations, v => v.Place == place);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.EndsWith("training.json", violation.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BcnnSim", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"set\": \"iq-11\"", "\"set\": \"iq-12\"", "data.set")]
    [InlineData("2016-like", "2017-like", "data.channel")]
    [InlineData("\"transform\": \"lag\"", "\"transform\": \"wavelet\"", "data.transform")]
    [InlineData("\"samples\": 1024", "\"samples\": 1000", "data.samples")]
    [InlineData("\"QPSK\"", "\"BPSK\"", "data.classes[1]")]
    [InlineData("\"QPSK\"", "\"qpsk\"", "data.classes[1]")]
    [InlineData("\"train\": 4000", "\"train\": 4001", "data.train")]
    [InlineData("\"train\": 4000", "\"train\": 2147483600", "data.train")]
    [InlineData("\"validation\": 800", "\"validation\": 0", "data.validation")]
    [InlineData("\"test\": 0", "\"test\": -80", "data.test")]
    [InlineData("\"stride\": [2, 2]", "\"stride\": [64, 64]", "layers[1]")]
    [InlineData("\"kernel\": [1, 1]", "\"kernel\": [64, 1]", "layers[2].kernel")]
    [InlineData("\"kernel\": [3, 3], \"stride\": [2, 2], \"padding\": [1, 1], \"sumPool\": 1", "\"kernel\": [31, 31], \"stride\": [1, 1], \"padding\": [15, 15], \"sumPool\": 8", "layers[0]")]
    [InlineData("\"channels\": 8, \"kernel\": [3, 3], \"stride\": [2, 2], \"padding\": [1, 1], \"sumPool\": 1, \"input\": null, \"output\": \"bits\", \"residual\": null },\n    { \"channels\": 16", "\"channels\": 4096, \"kernel\": [3, 3], \"stride\": [2, 2], \"padding\": [1, 1], \"sumPool\": 1, \"input\": null, \"output\": \"bits\", \"residual\": null },\n    { \"channels\": 4096", "layers")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 1, \"outputLanes\": 8, \"kept\": [8, 12, 24] }", "pruning.kept[1]")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 1, \"outputLanes\": 8, \"kept\": [8, 0, 24] }", "pruning.kept[1]")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 4, \"outputLanes\": 8, \"kept\": [8, 16, 16] }", "pruning.kept")]
    [InlineData("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 500, \"outputLanes\": 8, \"kept\": null }", "pruning.rate")]
    public void What_only_data_and_geometry_show_is_refused_before_any_work(string from, string to, string place)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Changed(from, to)));
        Violation violation = Assert.Single(refused.Violations);
        Assert.Equal(place, violation.Place);
    }

    [Fact]
    public void A_last_group_of_all_channels_need_not_fill_the_lanes() =>
        Assert.Equal([8, 16, 24], Read(Changed("\"pruning\": null", "\"pruning\": { \"method\": \"magnitude\", \"rate\": 1, \"outputLanes\": 16, \"kept\": [8, 16, 24] }")).Pruning!.Kept!);

    [Fact]
    public void Types_keys_ranges_and_data_are_refused_together_and_nothing_that_follows_from_them()
    {
        string text = Good.Replace("\"threads\": 2", "\"threads\": \"two\"", StringComparison.Ordinal)
            .Replace("\"seed\": 4", "\"sed\": 4", StringComparison.Ordinal)
            .Replace("\"batch\": 100", "\"batch\": []", StringComparison.Ordinal)
            .Replace("\"inputBits\": 8", "\"inputBits\": 0", StringComparison.Ordinal)
            .Replace("2016-like", "2017-like", StringComparison.Ordinal)
            .Replace("\"channels\": 16, \"kernel\": [3, 3]", "\"channels\": 16, \"kernel\": [3, {}]", StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(() => Read(text));
        Assert.Equal(
            ["batch", "data.channel", "data.inputBits", "layers[1].kernel[1]", "sed", "seed", "threads"],
            refused.Violations.Select(v => v.Place).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_key_of_the_records_is_missed_when_it_is_gone()
    {
        InputException refused = Assert.Throws<InputException>(() => Read("{ \"data\": {}, \"layers\": [{}], \"dense\": {} }"));
        int keys = new[] { typeof(TrainerConfiguration), typeof(DataSettings), typeof(LayerSettings), typeof(BcnnSim.Trainer.Training.PhaseSettings) }
            .Sum(type => type.GetProperties().Count(p => p.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), false)));
        Assert.Equal(keys - 3, refused.Violations.Count);
        Assert.All(refused.Violations, violation => Assert.Equal("missing key", violation.Rule));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{ /* note */ }")]
    [InlineData("{ \"name\": \"\\ud800\" }")]
    public void Text_that_is_no_object_is_refused(string text) =>
        Assert.EndsWith("training.json", Assert.Single(Assert.Throws<InputException>(() => Read(text)).Violations).Source, StringComparison.Ordinal);

    [Fact]
    public void A_folder_or_a_huge_file_is_refused()
    {
        Assert.Throws<InputException>(() => ConfigurationFile.Read(AppContext.BaseDirectory));
        Assert.Contains("larger", Assert.Throws<InputException>(() => Read(new string(' ', ConfigurationFile.MaxBytes + 1))).Message, StringComparison.Ordinal);
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
