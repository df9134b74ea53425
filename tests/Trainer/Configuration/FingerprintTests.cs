using BcnnSim.Trainer.Configuration;
using Xunit;

namespace BcnnSim.Trainer.Tests.Configuration;

/// <summary>Checkpoints carry the fingerprint of their configuration: a new optional key must not change the old ones. The file is one of them.</summary>
public class FingerprintTests
{
    [Theory]
    [InlineData("dense", "302d3b9a02c65e4a")]
    [InlineData("retrain", "5ad6682da6312eea")]
    [InlineData("scratch", "7ac009eeab6e734f")]
    public void Old_configurations_keep_their_fingerprints(string phase, string expected)
    {
        TrainerConfiguration configuration = ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "Configuration", "fingerprinted.json"));
        Assert.Equal(expected, ConfigurationFile.Fingerprint(configuration, phase, "data"));
    }
}
