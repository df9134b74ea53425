using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>Every method with one structure through every command on a few hundred bursts.</summary>
public sealed class PruningRunTests : IDisposable
{
    private const int Epochs = 2;
    private const string Phase = """{ "epochs": 2, "images": null, "learningRate": 0.005, "schedule": "cosine" }""";

    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-pruning-").FullName;

    private string Configuration => Path.Combine(root, "training.json");

    private string Run => Path.Combine(root, "run");

    private string Output => Path.Combine(root, "smoke");

    [Theory]
    [InlineData("magnitude", "kernel", "uniform", "")]
    [InlineData("penalty", "unstructured", "uniform", ", \"parameters\": { \"rho\": 0.01, \"rhoGrowth\": 1.5 }")]
    [InlineData("admm", "column", "uniform", ", \"parameters\": { \"rho\": 0.001, \"growth\": 10, \"stages\": 2, \"dualStep\": 1 }")]
    [InlineData("slr", "block", "norm", ", \"block\": [4, 8], \"parameters\": { \"rho\": 0.1, \"step\": 0.01, \"m\": 300, \"r\": 0.1, \"rhoGrowth\": 1.5 }")]
    [InlineData("reweighted", "channel", "uniform", ", \"parameters\": { \"lambda\": 0.001, \"epsilon\": 0.001, \"squared\": true, \"bounded\": false }")]
    [InlineData("group-lasso", "filter", "norm", ", \"parameters\": { \"lambda\": 0.001 }")]
    [InlineData("l1", "unstructured", "norm", ", \"parameters\": { \"lambda\": 0.0001 }")]
    [InlineData("admm", "unstructured", "layers", ", \"layerRates\": [null, 2, 1.6]")]
    [InlineData("magnitude", "filter", "layers", ", \"layerRates\": [1, 2, 2]")]
    [InlineData("slr", "column", "uniform", ", \"binarization\": \"after\"")]
    [InlineData("slr", "filter", "uniform", ", \"binarization\": \"after\"")]
    [InlineData("admm", "kernel", "uniform", ", \"binarization\": \"gated\"")]
    [InlineData("reweighted", "filter", "uniform", ", \"binarization\": \"gated\"")]
    public void A_method_goes_from_training_to_a_network_that_the_reference_runs_with_the_scores_of_the_trainer(string method, string structure, string allocation, string rest)
    {
        Write(method, structure, allocation, rest);
        string[] run = ["--config", Configuration, "--run", Run];
        Done(["train", .. run]);
        string[] files = ["kept.json", "iterations.csv", "log.csv", "phases.csv"];
        string[] before = [.. files.Select(file => File.ReadAllText(Path.Combine(Run, file)))];
        Done(["train", .. run, "--resume"]);
        Assert.Equal(before, files.Select(file => File.ReadAllText(Path.Combine(Run, file))));
        Assert.Equal(Epochs, new IterationLog(Path.Combine(Run, "iterations.csv")).Rows.Count);
        Assert.Equal(["dense", "prune", "retrain", "scratch"], new TrainingLog(Path.Combine(Run, "log.csv")).Rows.Select(row => row.Phase).Distinct());
        Done(["evaluate", .. run, "--reason", "test"]);
        Done(["export", .. run, "--output", Output, "--phase", "scratch"]);
        PruningRecord scratch = NetworkFile.Read(Output).Pruning;
        Directory.Delete(Output, true);
        Done(["train", .. run, "--resume", "--output", Output]);
        byte[] trained = File.ReadAllBytes(Path.Combine(Output, "weights.safetensors"));
        Directory.Delete(Output, true);
        Done(["export", .. run, "--output", Output]);
        Assert.Equal(trained, File.ReadAllBytes(Path.Combine(Output, "weights.safetensors")));
        string drawn = File.ReadAllText(Path.Combine(Run, "iterations.svg"));
        File.Delete(Path.Combine(Run, "iterations.svg"));
        Done("plot", "--run", Run);
        Assert.Equal(drawn, File.ReadAllText(Path.Combine(Run, "iterations.svg")));
        Network network = NetworkFile.Read(Output);
        Assert.Equal((structure, scratch), (network.Pruning.Structure, network.Pruning));
        Assert.InRange(network.Pruning.Rate, 1.3, 2.2);
        Assert.Equal(structure == "block" ? (4, 8) : null, network.Pruning.BlockLanes);
        Assert.StartsWith($"{structure} pruning by {method}, ", network.Provenance["method"], StringComparison.Ordinal);
        SameScores(network);
    }

    [Fact]
    public void A_kept_json_of_another_mask_is_refused_where_the_run_is_read()
    {
        Write("magnitude", "kernel", "uniform", string.Empty);
        string[] run = ["--config", Configuration, "--run", Run];
        Done(["train", .. run]);
        string path = Path.Combine(Run, "kept.json");
        string text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("[[0,", "[[", StringComparison.Ordinal).Replace("[[1,", "[[0,1,", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(path));
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["evaluate", .. run, "--reason", "test"]));
        File.WriteAllText(path, text.Replace("[[", "[[-1,", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["export", .. run, "--output", Output]));
        File.WriteAllText(path, text);
        Done(["export", .. run, "--output", Output]);
    }

    [Theory]
    [InlineData("\"method\": \"slr\"", "pruning.phase")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"column\"", "pruning.allocation")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"column\", \"allocation\": \"uniform\", \"block\": [8, 8]", "pruning.block")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"block\", \"allocation\": \"uniform\"", "pruning.block")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"block\", \"allocation\": \"uniform\", \"block\": [8, 65]", "pruning.block[1]")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"block\", \"allocation\": \"uniform\", \"block\": [8]", "pruning.block")]
    [InlineData("\"method\": \"magnitude\", \"parameters\": { \"rho\": 1 }", "pruning.parameters.rho")]
    [InlineData("\"method\": \"magnitude\", \"parameters\": { \"roh\": 1 }", "pruning.parameters.roh")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"row\"", "pruning.structure")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"column\", \"allocation\": \"uniform\", \"rate\": 500", "pruning.rate")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"kernel\", \"allocation\": \"norm\", \"rate\": 5000", "pruning.rate")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"channel\", \"allocation\": \"norm\", \"rate\": 8", "pruning.rate")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"uniform\", \"kept\": [8, 8, 8]", "pruning.kept")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"layers\"", "pruning.layerRates")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"uniform\", \"layerRates\": [2, 2, 2]", "pruning.layerRates")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"layers\", \"layerRates\": [2, 2]", "pruning.layerRates")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"layers\", \"layerRates\": [2, 0.5, 2]", "pruning.layerRates[1]")]
    [InlineData("\"method\": \"magnitude\", \"allocation\": \"layers\", \"layerRates\": [null, 1.2, null]", "pruning.layerRates")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"column\", \"allocation\": \"layers\", \"layerRates\": [4, 2, 2]", "pruning.layerRates[0]")]
    [InlineData("\"method\": \"magnitude\", \"structure\": \"channel\", \"allocation\": \"layers\", \"layerRates\": [2, 2, 4]", "pruning.layerRates[2]")]
    [InlineData("\"method\": \"magnitude\", \"binarization\": \"gated\", \"phase\": { \"epochs\": 0, \"images\": null, \"learningRate\": 0.1, \"schedule\": \"steps\" }", "pruning.binarization")]
    [InlineData("\"method\": \"magnitude\", \"phase\": { \"epochs\": -1, \"images\": null, \"learningRate\": 0.1, \"schedule\": \"steps\" }", "pruning.phase.epochs")]
    public void What_does_not_go_together_is_refused_before_training(string keys, string place)
    {
        string rate = keys.Contains("\"rate\"", StringComparison.Ordinal) ? string.Empty : ", \"rate\": 1.5";
        string kept = keys.Contains("\"kept\"", StringComparison.Ordinal) ? string.Empty : ", \"kept\": null";
        File.WriteAllText(Configuration, Text($"{{ {keys}{rate}, \"outputLanes\": 8{kept} }}"));
        InputException refused = Assert.Throws<InputException>(() => ConfigurationFile.Read(Configuration));
        Assert.Equal(place, Assert.Single(refused.Violations).Place);
    }

    public void Dispose() => Directory.Delete(root, true);

    private static void Done(params string[] arguments) => Assert.Equal(ExitCodes.Done, CommandTree.Run(arguments));

    private static string Text(string pruning)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        foreach ((string from, string to) in new[]
        {
            ("\"threads\": 2", "\"threads\": 1"), ("\"batch\": 100", "\"batch\": 20"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 80"),
            ("\"samples\": 1024", "\"samples\": 128"), ("\"train\": 4000", "\"train\": 160"), ("\"validation\": 800", "\"validation\": 80"), ("\"test\": 0", "\"test\": 80"),
            ("\"epochs\": 3", "\"epochs\": 1"), ("\"pruning\": null", $"\"pruning\": {pruning}"), ("\"channels\": 8,", "\"channels\": 16,"),
            ("\"retrain\": null", $"\"retrain\": {Phase}"), ("\"scratch\": null", $"\"scratch\": {Phase}"),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return text;
    }

    private void Write(string method, string structure, string allocation, string rest) => File.WriteAllText(Configuration, Text(
        $"{{ \"method\": \"{method}\", \"rate\": 1.3, \"outputLanes\": 8, \"kept\": null, \"structure\": \"{structure}\", \"allocation\": \"{allocation}\", \"phase\": {Phase}{rest} }}"));

    private void SameScores(Network network)
    {
        IFrameSource source = DataSplits.Source(ConfigurationFile.Read(Configuration).Data, DataSplit.Validation);
        using var integers = new IntegerNet(network, 20);
        using var input = new FeatureBatch<float>(20, new(source.Height, source.Width, source.Channels));
        new FrameStore(source, 1).Load([.. Enumerable.Range(0, 20)], input, new int[20]);
        long[] scores = integers.Forward(input, new WorkSplit(1));
        int classes = network.Classes.Count;
        foreach ((int n, Frame frame) in ExportFramesCommand.Pack(source, 20).Frames.Index())
        {
            Assert.Equal(ReferenceExecutor.Run(network, frame).Scores, scores[(n * classes)..((n + 1) * classes)]);
        }
    }
}
