using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
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

    /// <summary>A dense network behind binary activations with weights by value is no other network of the same arithmetic.</summary>
    [Theory]
    [InlineData("complex-float", "complex-binary", null)]
    [InlineData("real-float", "real-binary", null)]
    [InlineData("real-float", "real-float", 4)]
    public void The_dense_network_of_the_route_after_has_a_fingerprint_of_its_own(string plain, string late, int? bits)
    {
        TrainerConfiguration read = ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "Configuration", "fingerprinted.json"));
        TrainerConfiguration unpruned = read with { Arithmetic = plain, WeightBits = bits, Pruning = null };
        TrainerConfiguration after = read with { Arithmetic = late, WeightBits = bits, Pruning = read.Pruning! with { Binarization = BinarizationRoute.After } };
        Assert.NotEqual(ConfigurationFile.Fingerprint(unpruned, "dense", "data"), ConfigurationFile.Fingerprint(after, "dense", "data"));
    }

    [Theory]
    [InlineData(PruningStructure.Filter)]
    [InlineData(PruningStructure.Kernel)]
    public void A_phase_has_another_fingerprint_with_another_rate_of_its_own(PruningStructure structure)
    {
        TrainerConfiguration read = ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "Configuration", "fingerprinted.json"));
        read = read with { Pruning = read.Pruning! with { Structure = structure, Allocation = AllocationKind.Norm } };
        TrainerConfiguration other = read with { Scratch = read.Scratch! with { LearningRate = read.Scratch.LearningRate / 2 }, Retrain = read.Retrain! with { LearningRate = read.Retrain.LearningRate / 2 } };
        Assert.Equal(ConfigurationFile.Fingerprint(read, "dense", "data"), ConfigurationFile.Fingerprint(other, "dense", "data"));
        Assert.NotEqual(ConfigurationFile.Fingerprint(read, "retrain", "data"), ConfigurationFile.Fingerprint(other, "retrain", "data"));
        Assert.NotEqual(ConfigurationFile.Fingerprint(read, "scratch", "data"), ConfigurationFile.Fingerprint(other, "scratch", "data"));
    }
}
