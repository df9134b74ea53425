using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>Networks of the other arithmetics through the commands.</summary>
public sealed class RealRunTests : IDisposable
{
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
        string text = File.ReadAllText(Path.Combine(CommittedFiles.Experiments, file))
            .Replace("real-float", arithmetic, StringComparison.Ordinal).Replace("\"train\": 54000", "\"train\": 2560", StringComparison.Ordinal)
            .Replace("\"validation\": 6000", "\"validation\": 200", StringComparison.Ordinal).Replace("\"test\": 10000", "\"test\": 200", StringComparison.Ordinal)
            .Replace("\"epochs\": 20", "\"epochs\": 2", StringComparison.Ordinal);
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
}
