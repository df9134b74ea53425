using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests;

/// <summary>The float networks beside the committed integer ones: whoever doubts the accuracies evaluates them without training again.</summary>
public sealed class CommittedCheckpointTests : IDisposable
{
    private readonly string output = Directory.CreateTempSubdirectory("bcnntrain-export-").FullName;

    /// <summary>To the byte on the kind of processor they were made on; the signs of the weights on any.</summary>
    [Theory]
    [InlineData("cc-iq")]
    [InlineData("cc-nin")]
    [InlineData("cc-nin-iq")]
    [InlineData("cc-resnet18")]
    [InlineData("cc-resnet18-iq")]
    public void A_committed_checkpoint_exports_to_the_committed_network(string name)
    {
        string folder = CommittedFiles.Network(name);
        var trained = new TrainedNetworks(ConfigurationFile.Read(Path.Combine(folder, "training.json")), new RunFolder(folder));
        using ComplexNet<float> net = trained.Load("retrain", new WorkSplit(2)).Net;
        Network committed = NetworkFile.Read(folder), made = trained.Export(net) with { Provenance = committed.Provenance };
        Assert.Equal(Signs(committed), Signs(made));
        if (committed.Provenance["processor"] == ProcessorFeatures.Describe())
        {
            NetworkFile.Write(made, output);
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "weights.safetensors")), File.ReadAllBytes(Path.Combine(output, "weights.safetensors")));
            Assert.Equal(File.ReadAllText(Path.Combine(folder, "network.json")), File.ReadAllText(Path.Combine(output, "network.json")));
        }
    }

    /// <summary>The twin of the published difference: the shape of the committed network, at an epoch of the committed log.</summary>
    [Theory]
    [InlineData("cc-iq")]
    [InlineData("cc-nin")]
    [InlineData("cc-nin-iq")]
    [InlineData("cc-resnet18")]
    [InlineData("cc-resnet18-iq")]
    public void A_committed_twin_from_scratch_has_the_shape_of_the_committed_network(string name)
    {
        string folder = CommittedFiles.Network(name);
        var trained = new TrainedNetworks(ConfigurationFile.Read(Path.Combine(folder, "training.json")), new RunFolder(folder));
        (ComplexNet<float> net, PhaseState state) = trained.Load("scratch", new WorkSplit(2));
        using ComplexNet<float> owned = net;
        Network committed = NetworkFile.Read(folder), twin = trained.Export(net);
        Assert.Equal(committed.Layers.Select(layer => (layer.OutputChannels, layer.Weights.Re.Length)), twin.Layers.Select(layer => (layer.OutputChannels, layer.Weights.Re.Length)));
        Assert.NotEqual(Signs(committed), Signs(twin));
        Assert.Contains(File.ReadLines(Path.Combine(folder, "log.csv")), line => line.StartsWith($"scratch,{state.BestEpoch},", StringComparison.Ordinal));
    }

    private static byte[] Signs(Network network) => [.. network.Layers.SelectMany(layer => layer.Weights.Re.Concat(layer.Weights.Im))];

    public void Dispose() => Directory.Delete(output, true);
}
