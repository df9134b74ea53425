using BcnnSim.Trainer.Configuration;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

/// <summary>Rules of a configuration with the user's recordings; the files are not looked at.</summary>
public sealed class CaptureRulesTests
{
    private static readonly string Smoke = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));

    [Theory]
    [InlineData("sigmf", "")]
    [InlineData("sigmf", ", \"rate\": 1000000")]
    [InlineData("sigmf", ", \"files\": [\"a.sigmf-meta\"]")]
    [InlineData("npy", "")]
    [InlineData("raw-iq", ", \"type\": \"ci16_le\", \"rate\": 1e6")]
    public void A_set_of_recordings_is_read(string set, string more) => Assert.True(Read(set, more).Data.IsCaptures);

    [Theory]
    [InlineData("raw-iq", "", "data.type", "cf32_le, ci16_le, ci8")]
    [InlineData("raw-iq", ", \"type\": \"ci8\"", "data.rate", "must be given")]
    [InlineData("raw-iq", ", \"type\": \"ci16_be\", \"rate\": 1", "data.type", "big endian")]
    [InlineData("raw-iq", ", \"type\": \"cu8\", \"rate\": 1", "data.type", "cf32_le, ci16_le, ci8")]
    [InlineData("raw-iq", ", \"type\": \"ci8\", \"rate\": 0", "data.rate", "above 0")]
    [InlineData("raw-iq", ", \"type\": \"ci8\", \"rate\": \"fast\"", "data.rate", "finite number")]
    [InlineData("sigmf", ", \"type\": \"ci8\"", "data.type", "the files say it")]
    [InlineData("sigmf", ", \"files\": []", "data.files", "at least one")]
    [InlineData("sigmf", ", \"augmentation\": \"crop-flip\"", "data.augmentation", "null")]
    [InlineData("npy", ", \"labels\": 1", "data.labels", "unknown key")]
    public void A_value_that_does_not_fit_the_set_is_refused_with_its_place(string set, string more, string place, string rule)
    {
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => Read(set, more)).Violations, v => v.Place == place);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"channel\": null", "\"channel\": \"awgn\"", "data.channel")]
    [InlineData("\"transform\": \"lag\"", "\"transform\": \"learned-imaginary\"", "data.transform")]
    [InlineData("\"samples\": 1024", "\"samples\": null", "data.samples")]
    [InlineData("\"folder\": \"recordings\"", "\"folder\": null", "data.folder")]
    [InlineData("\"folder\": \"recordings\"", "\"folder\": \"\"", "data.folder")]
    [InlineData("[\"BPSK\", \"QPSK\", \"GFSK\", \"AM-DSB\"]", "null", "data.classes")]
    [InlineData("[\"BPSK\", \"QPSK\", \"GFSK\", \"AM-DSB\"]", "[]", "data.classes")]
    [InlineData("\"QPSK\"", "\"BPSK\"", "data.classes[1]")]
    [InlineData("\"QPSK\"", "\"../x\"", "data.classes[1]")]
    [InlineData("\"QPSK\"", "\"\"", "data.classes[1]")]
    public void A_value_that_recordings_cannot_have_is_refused_with_its_place(string from, string to, string place) =>
        Assert.Contains(Assert.Throws<InputException>(() => Read("sigmf", string.Empty, from, to)).Violations, v => v.Place == place);

    [Theory]
    [InlineData("\"files\": [\"x\"]", "data.files")]
    [InlineData("\"type\": \"ci8\"", "data.type")]
    [InlineData("\"rate\": 5", "data.rate")]
    public void Keys_of_recordings_are_refused_for_generated_bursts(string key, string place) =>
        Assert.Equal(place, Assert.Single(Assert.Throws<InputException>(() => Parse(Smoke.Replace("\"test\": 0", "\"test\": 0, " + key, StringComparison.Ordinal))).Violations).Place);

    /// <summary>A run that was started before the keys were there can still be resumed.</summary>
    [Fact]
    public void New_keys_leave_the_fingerprint_of_other_sets_as_it_was() =>
        Assert.Equal("9351c37770b4faa1", ConfigurationFile.Fingerprint(Parse(Smoke), "dense", "data"));

    private static TrainerConfiguration Read(string set, string more, string from = "\"seed\": 4", string to = "\"seed\": 4")
    {
        string text = Smoke.Replace("\"iq-11\"", $"\"{set}\"", StringComparison.Ordinal).Replace("\"2016-like\"", "null", StringComparison.Ordinal)
            .Replace("\"test\": 0", "\"test\": 0, \"folder\": \"recordings\"" + more, StringComparison.Ordinal);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Parse(text.Replace(from, to, StringComparison.Ordinal));
    }

    private static TrainerConfiguration Parse(string text)
    {
        string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-rules-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, text);
            return ConfigurationFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
