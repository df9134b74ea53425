using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>Networks of the other arithmetics through the commands.</summary>
public sealed class RealRunTests : IDisposable
{
    private static readonly string[] Finished = ["kept.json", "iterations.csv", "log.csv", "phases.csv"];

    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-real").FullName;

    public static TheoryData<string> Experiments => [.. Directory.GetFiles(CommittedFiles.Experiments, "*.json").Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Every_committed_experiment_is_a_configuration_and_described(string file)
    {
        TrainerConfiguration read = ConfigurationFile.Read(Path.Combine(CommittedFiles.Experiments, file));
        Assert.Equal(Path.GetFileNameWithoutExtension(file), read.Name);
        Assert.Contains($"`{file}`", File.ReadAllText(Path.Combine(CommittedFiles.Experiments, "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet5-small.json", "real-float")]
    [InlineData("lenet5-small.json", "real-binary")]
    public void It_trains_resumes_evaluates_and_is_not_exported(string file, string arithmetic)
    {
        string text = Small(file).Replace("real-float", arithmetic, StringComparison.Ordinal);
        string configuration = Path.Combine(root, "training.json");
        File.WriteAllText(configuration, arithmetic == "real-binary" ? text.Replace("\"norm\": \"bias\"", "\"norm\": \"batch\"", StringComparison.Ordinal) : text);
        string[] run = ["--config", configuration, "--run", Path.Combine(root, "run")];
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. run]));
        string log = File.ReadAllText(Path.Combine(root, "run", "log.csv"));
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. run, "--resume"]));
        Assert.Equal(log, File.ReadAllText(Path.Combine(root, "run", "log.csv")));
        Assert.True(new TrainingLog(Path.Combine(root, "run", "log.csv")).Rows[^1].ValidationAccuracy > 0.3, "chance is 0.1");
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["export", .. run, "--phase", "dense", "--output", Path.Combine(root, "lenet5-small")]));
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["evaluate", .. run, "--phase", "retrain", "--reason", "test"]));
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["evaluate", .. run, "--phase", "dense", "--reason", "test"]));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(root, "run", "test-uses.csv")).Length);
    }

    [Theory]
    [InlineData("real-float", "\"norm\": \"bias\"", "\"method\": \"slr\", \"structure\": \"filter\", \"allocation\": \"norm\"")]
    [InlineData("real-float", "\"norm\": \"batch\", \"weightBits\": 4", "\"method\": \"reweighted\", \"structure\": \"filter\", \"allocation\": \"uniform\", \"binarization\": \"after\"")]
    [InlineData("real-binary", "\"norm\": \"batch\"", "\"method\": \"slr\", \"structure\": \"filter\", \"allocation\": \"uniform\", \"binarization\": \"after\"")]
    public void It_is_pruned_retrained_and_evaluated(string arithmetic, string norm, string pruning)
    {
        const string Phase = "{ \"epochs\": 2, \"images\": null, \"learningRate\": 0.003, \"schedule\": \"cosine\" }";
        string configuration = Path.Combine(root, "training.json");
        File.WriteAllText(configuration, Small("lenet5-small.json")
            .Replace("real-float", arithmetic, StringComparison.Ordinal).Replace("\"norm\": \"bias\"", norm, StringComparison.Ordinal)
            .Replace("\"retrain\": null", $"\"retrain\": {Phase}", StringComparison.Ordinal).Replace("\"scratch\": null", $"\"scratch\": {Phase}", StringComparison.Ordinal)
            .Replace("\"pruning\": null", $"\"pruning\": {{ {pruning}, \"rate\": 3, \"outputLanes\": 2, \"kept\": null, \"phase\": {Phase} }}", StringComparison.Ordinal));
        string folder = Path.Combine(root, "run");
        string[] run = ["--config", configuration, "--run", folder];
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. run, "--dry-run"]));
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. run]));
        string[] before = [.. Finished.Select(file => File.ReadAllText(Path.Combine(folder, file)))];
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", .. run, "--resume"]));
        Assert.Equal(before, Finished.Select(file => File.ReadAllText(Path.Combine(folder, file))));
        Assert.Equal(["dense", "prune", "retrain", "scratch"], new TrainingLog(Path.Combine(folder, "log.csv")).Rows.Select(row => row.Phase).Distinct());
        (string[] header, List<string[]> rows) = PhaseTable.Read(Path.Combine(folder, "phases.csv"));
        Assert.Equal(pruning.Contains("after", StringComparison.Ordinal) ? ["hard-prune", "binarized"] : ["hard-prune"], rows.Select(row => row[Array.IndexOf(header, "phase")]));
        Assert.All(rows, row => Assert.InRange(double.Parse(row[Array.IndexOf(header, "rate")], CultureInfo.InvariantCulture), 3, 4.5));
        Assert.Contains("realWeights", header);
        foreach (string phase in new[] { "dense", "retrain", "scratch" })
        {
            Assert.Equal(ExitCodes.Done, CommandTree.Run(["evaluate", .. run, "--phase", phase, "--reason", "test"]));
            Assert.Equal(11, File.ReadAllLines(Path.Combine(folder, $"{phase}-confusion.csv")).Length);
        }

        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["export", .. run, "--output", Path.Combine(root, "lenet5-small")]));
    }

    /// <summary>A real binary network of both parts, filters pruned, as the complex network that the machine runs in its place.</summary>
    [Fact]
    public void A_real_binary_network_of_both_parts_is_exported_and_loses_nothing_but_the_rounding_of_its_head()
    {
        const string Phase = "{ \"epochs\": 2, \"images\": null, \"learningRate\": 0.01, \"schedule\": \"cosine\" }";
        string configuration = Path.Combine(root, "training.json");
        File.WriteAllText(configuration, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"))
            .Replace("\"seed\": 4,", "\"seed\": 4, \"arithmetic\": \"real-binary\", \"realInput\": \"both\",", StringComparison.Ordinal)
            .Replace("\"train\": 4000", "\"train\": 1600", StringComparison.Ordinal).Replace("\"channels\": 8,", "\"channels\": 12,", StringComparison.Ordinal)
            .Replace("\"retrain\": null", $"\"retrain\": {Phase}", StringComparison.Ordinal)
            .Replace("\"pruning\": null", $"\"pruning\": {{ \"method\": \"magnitude\", \"structure\": \"filter\", \"allocation\": \"uniform\", \"rate\": 1.2, \"outputLanes\": 1, \"kept\": null, \"phase\": null }}", StringComparison.Ordinal));
        string output = Path.Combine(root, "smoke"), narrow = Path.Combine(root, "narrow.json");
        File.WriteAllText(narrow, File.ReadAllText(configuration).Replace("\"rate\": 1.2", "\"rate\": 8", StringComparison.Ordinal));
        using var error = new StringWriter();
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["train", "--config", narrow, "--run", Path.Combine(root, "none"), "--output", output], TextWriter.Null, error));
        Assert.Contains(": --output: ", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(root, "none", "log.csv"))); // before it is trained
        Assert.Equal(ExitCodes.Done, CommandTree.Run(["train", "--config", configuration, "--run", Path.Combine(root, "run"), "--output", output]));
        Network network = NetworkFile.Read(output);
        Assert.Equal(1, network.Input.Channels);
        Assert.StartsWith("0 of ", network.Provenance["validationBitsDifferentFromFloat"], StringComparison.Ordinal);
        double best = new TrainingLog(Path.Combine(root, "run", "log.csv")).Rows.Where(row => row.Phase == "retrain").Max(row => row.ValidationAccuracy);
        Assert.Equal(best.ToString("P2", CultureInfo.InvariantCulture), network.Provenance["validationAccuracyFloat"]);
        Assert.InRange(network.Pruning.Rate, 1.1, 2);
    }

    [Fact]
    public void Grey_frames_are_one_channel_of_the_same_pixels()
    {
        ImageSet set = FashionMnist.Read(FashionMnist.DefaultFolder, true);
        var grey = new ImageFrameSource(set, DataSplit.Test, 3, 1, ImageFrameSource.Grey, 8);
        var colour = new ImageFrameSource(set, DataSplit.Test, 3, 1, ImageFrameSource.ZeroImaginary, 8);
        byte[] re = new byte[1024], im = new byte[1024], wideRe = new byte[3072], wideIm = new byte[3072];
        grey.FillIntegers(2, re, im);
        colour.FillIntegers(2, wideRe, wideIm);
        Assert.Equal(1, grey.Channels);
        Assert.Equal(wideRe[..1024], re);
        Assert.All(im, u => Assert.Equal(128, u));
    }

    public void Dispose() => Directory.Delete(root, true);

    // A committed experiment on few frames and epochs.
    private static string Small(string file) => File.ReadAllText(Path.Combine(CommittedFiles.Experiments, file))
        .Replace("\"train\": 54000", "\"train\": 2560", StringComparison.Ordinal).Replace("\"validation\": 6000", "\"validation\": 200", StringComparison.Ordinal)
        .Replace("\"test\": 10000", "\"test\": 200", StringComparison.Ordinal).Replace("\"epochs\": 20", "\"epochs\": 2", StringComparison.Ordinal);
}
