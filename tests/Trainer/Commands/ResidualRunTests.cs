using BcnnSim.Networks;
using BcnnSim.Numerics;
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

    [Fact]
    public void A_run_with_threshold_norms_trains_no_imaginary_gain_and_exports_thresholds_beside_diagonal_values()
    {
        string run = Path.Combine(root, "run"), output = Path.Combine(root, "residual"), thresholds = Path.Combine(root, "training.json");
        File.WriteAllText(thresholds, File.ReadAllText(configuration).Replace("\"batch\"", "\"norm\": \"threshold\", \"batch\"", StringComparison.Ordinal));
        Assert.Equal(0, CommandTree.Run(["train", "--config", thresholds, "--run", run]));
        Assert.Equal(0, CommandTree.Run(["export", "--config", thresholds, "--run", run, "--output", output]));
        Network network = NetworkFile.Read(output);
        Assert.Equal(
            network.Layers.Select(layer => layer.Output == OutputKind.Values ? NormKind.Diagonal : NormKind.Threshold), network.Layers.Select(layer => layer.Norm.Kind));
        Assert.Equal(2, CommandTree.Run(["export", "--config", configuration, "--run", run, "--output", output]));
    }

    public void Dispose() => Directory.Delete(root, true);
}
