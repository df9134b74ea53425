using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Tests.Commands;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>A trained network, exported by export, against the same network through the import layout.</summary>
public sealed class ImportRunTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public void A_trained_network_comes_through_the_import_layout_as_export_writes_it()
    {
        string exported = Path.Combine(run.Free(), "smoke"), imported = Path.Combine(run.Free(), "smoke"), weights = run.Free();
        Assert.Equal(0, CommandTree.Run(["export", "--config", run.Configuration, "--run", run.Folder, "--phase", "dense", "--output", exported]));
        using (ComplexNet<float> net = new TrainedNetworks(ConfigurationFile.Read(run.Configuration), new RunFolder(run.Folder)).Load("dense", new WorkSplit(1)).Net)
        {
            new TorchTensors(net).Write(weights);
        }

        Assert.Equal(0, CommandTree.Run(["import-weights", "--config", run.Configuration, "--weights", weights, "--output", imported]));
        (Network expected, Network actual) = (NetworkFile.Read(exported), NetworkFile.Read(imported));
        Assert.Equal(expected.Layers.SelectMany(layer => layer.Weights.Re.Concat(layer.Weights.Im)), actual.Layers.SelectMany(layer => layer.Weights.Re.Concat(layer.Weights.Im)));
        Assert.Equal(expected.Layers.SelectMany(layer => layer.Norm.A), actual.Layers.SelectMany(layer => layer.Norm.A));
        Assert.Equal(expected.Layers.SelectMany(layer => layer.Norm.C), actual.Layers.SelectMany(layer => layer.Norm.C));

        // The head's norm went into its float32 weights: a rounding tie may fall the other way.
        Assert.All(expected.Classifier!.Weights.Zip(actual.Classifier!.Weights), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.All(new[] { "dataSet", "validationAccuracyFloat", "validationAccuracyInteger" }, key => Assert.Equal(expected.Provenance[key], actual.Provenance[key]));
        Assert.Equal("trained elsewhere, imported", actual.Provenance["method"]);
        Assert.Matches("^[0-9a-f]{64}$", actual.Provenance["weightsSha256"]);
    }
}
