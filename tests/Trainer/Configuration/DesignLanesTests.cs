using BcnnSim.Design;
using BcnnSim.Trainer.Comparison;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Tests.Comparison;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

/// <summary>Lanes of a named design in the place of numbers.</summary>
public sealed class DesignLanesTests : IDisposable
{
    private const string Filters = "\"structure\": \"filter\", \"allocation\": \"lanes\"";
    private const string Blocks = "\"structure\": \"block\", \"allocation\": \"uniform\"";

    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-lanes-").FullName;
    private readonly PeArrayDesign array = DesignFile.Read(CommittedFiles.Design("u280-reference")).PeArray;

    public DesignLanesTests() => File.Copy(CommittedFiles.Design("u280-reference"), Path.Combine(root, "design.json"));

    [Theory]
    [InlineData(Filters, false)]
    [InlineData(Blocks, true)]
    public void A_named_design_is_the_same_as_its_lanes(string structure, bool block)
    {
        TrainerConfiguration named = Read($"{structure}, \"outputLanes\": null, \"design\": \"design.json\"");
        string lanes = block ? $", \"block\": [{array.OutputLanes}, {array.InputLanes}]" : string.Empty;
        TrainerConfiguration given = Read($"{structure}, \"outputLanes\": {array.OutputLanes}{lanes}");
        Assert.Equal(ConfigurationFile.Text(given), ConfigurationFile.Text(named));
        Assert.Equal(ConfigurationFile.Fingerprint(given, "retrain", "data"), ConfigurationFile.Fingerprint(named, "retrain", "data"));
        Assert.Equal(array.OutputLanes, named.Pruning!.OutputLanes);
    }

    [Fact]
    public void Blocks_of_a_comparison_are_those_of_its_design()
    {
        using var comparison = new ComparisonFixture("after", Contenders.Magnitude, "\"block\"");
        comparison.Change("\"block\": [4, 8],", $"\"design\": \"{CommittedFiles.Design("u280-reference")}\",");
        Assert.Equal([array.OutputLanes, array.InputLanes], ComparisonFile.Read(comparison.Configuration).Settings.Block);
    }

    [Theory]
    [InlineData(Filters + ", \"outputLanes\": 8, \"design\": \"design.json\"", "pruning.outputLanes", "must be null beside pruning.design")]
    [InlineData(Blocks + ", \"outputLanes\": null, \"block\": [8, 8], \"design\": \"design.json\"", "pruning.block", "must be left out beside pruning.design")]
    [InlineData(Filters + ", \"outputLanes\": null", "pruning.outputLanes", "must lie in 1..1024")]
    [InlineData(Filters + ", \"outputLanes\": null, \"design\": \"absent.json\"", "pruning.design", "absent.json")]
    [InlineData(Filters + ", \"outputLanes\": null, \"design\": \"training.json\"", "pruning.design", "training.json")]
    public void A_design_beside_numbers_or_none_at_all_is_refused(string keys, string place, string text)
    {
        InputException refused = Assert.Throws<InputException>(() => Read(keys));
        Assert.Equal(place, Assert.Single(refused.Violations).Place);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_design_hides_no_other_rule()
    {
        InputException refused = Assert.Throws<InputException>(() => Read(Filters + ", \"outputLanes\": 8, \"design\": \"absent.json\", \"layerRates\": [2, 2, 2]"));
        Assert.Equal(["pruning.design", "pruning.layerRates", "pruning.outputLanes"], refused.Violations.Select(violation => violation.Place).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(root, true);

    private TrainerConfiguration Read(string keys)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        const string None = "\"pruning\": null";
        Assert.Contains(None, text, StringComparison.Ordinal);
        string path = Path.Combine(root, "training.json");
        File.WriteAllText(path, text.Replace("\"channels\": 8,", "\"channels\": 32,", StringComparison.Ordinal)
            .Replace(None, $"\"pruning\": {{ \"method\": \"magnitude\", \"rate\": 1.3, \"kept\": null, {keys} }}", StringComparison.Ordinal));
        return ConfigurationFile.Read(path);
    }
}
