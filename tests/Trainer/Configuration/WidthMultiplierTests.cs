using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

public sealed class WidthMultiplierTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-width-").FullName;

    [Theory]
    [InlineData("2")]
    [InlineData("1")]
    [InlineData("1.3")]
    public void Every_layer_has_the_factor_and_the_configuration_that_is_kept_has_channels_alone(string width)
    {
        TrainerConfiguration plain = ConfigurationFile.Read(Written(string.Empty)), scaled = ConfigurationFile.Read(Written($"\"width\": {width}, "));
        double factor = double.Parse(width, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(plain.Layers.Select(layer => (int)Math.Round(layer.Channels * factor, MidpointRounding.AwayFromZero)), scaled.Layers.Select(layer => layer.Channels));
        Assert.DoesNotContain("width", ConfigurationFile.Text(scaled), StringComparison.Ordinal);
        Assert.Equal(ConfigurationFile.Text(plain with { Layers = scaled.Layers }), ConfigurationFile.Text(scaled));
    }

    [Theory]
    [InlineData("0", "must be above 0 and at most 16")]
    [InlineData("-1", "must be above 0 and at most 16")]
    [InlineData("17", "must be above 0 and at most 16")]
    [InlineData("0.001", "must leave layers[0] at least")]
    [InlineData("0.5", "width: 0.5: must leave layers[0] at least 8 of its 8 channels")] // a vector of a complex layer
    public void A_factor_that_no_network_bears_is_refused(string width, string rule)
    {
        string path = Written($"\"width\": {width}, ");
        InputException refused = Assert.Throws<InputException>(() => ConfigurationFile.Read(path));
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, true);

    private string Written(string key)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json")), path = Path.Combine(root, "training.json");
        Assert.Contains("\"layers\":", text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace("\"layers\":", key + "\"layers\":", StringComparison.Ordinal));
        return path;
    }
}
