using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>The commands on a small residual network: dense, hard prune, retraining, export.</summary>
public sealed class ResidualRunTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-residual").FullName;
    private readonly string configuration = Path.Combine(AppContext.BaseDirectory, "Training", "residual.json");

    [Fact]
    public void A_residual_network_goes_from_training_to_a_description_that_the_strict_reader_takes()
    {
        string run = Path.Combine(root, "run"), output = Path.Combine(root, "residual");
        Assert.Equal(0, CommandTree.Run(["train", "--config", configuration, "--run", run]));
        Assert.Equal(2, CommandTree.Run(["export", "--config", configuration, "--run", run, "--output", output, "--saturation", "1.5"]));
        Assert.Equal(0, CommandTree.Run(["export", "--config", configuration, "--run", run, "--output", output]));
        Network network = NetworkFile.Read(output);
        Assert.Equal([null, null, "conv1", null, null, "conv4"], network.Layers.Select(layer => layer.Residual));
        Assert.Equal(network.Layers[0].OutputChannels, network.Layers[2].OutputChannels);
        Assert.True(network.Pruning.Rate >= 2, $"rate {network.Pruning.Rate}");
        Assert.Equal(9, network.ValueFractionBits);
        Assert.EndsWith("test set", network.Provenance["saturatedValues"], StringComparison.Ordinal);
        Assert.Contains("no label read", File.ReadAllText(Path.Combine(run, "test-uses.csv")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, true);
}
