using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using Xunit;

namespace BcnnSim.Trainer.Tests.Commands;

/// <summary>A few hundred images of Fashion-MNIST through every command: train, resume, export, export-frames, evaluate, plot.</summary>
public sealed class ImageRunTests : IDisposable
{
    private const int TestImages = 200;
    private const string Settings = """
        {
          "name": "images", "seed": 3, "threads": 2, "batch": 64, "calibrationFrames": 128,
          "data": {
            "set": "fashion-mnist", "channel": null, "transform": "learned-imaginary", "inputBits": 6, "seed": 2, "samples": null, "classes": null,
            "train": 2560, "validation": 200, "test": 200, "augmentation": "crop-flip"
          },
          "layers": [
            { "channels": 8, "kernel": [3, 3], "stride": [2, 2], "padding": [1, 1], "sumPool": 2, "input": null, "output": "bits", "residual": null },
            { "channels": 16, "kernel": [3, 3], "stride": [1, 1], "padding": [1, 1], "sumPool": 2, "input": null, "output": "bits", "residual": null }
          ],
          "head": { "relu": false },
          "dense": { "epochs": 3, "images": 1920, "learningRate": 0.005, "schedule": "cosine" },
          "pruning": { "method": "magnitude", "rate": 1.2, "outputLanes": 4, "kept": [8, 12] },
          "retrain": { "epochs": 1, "images": null, "learningRate": 0.005, "schedule": "cosine" },
          "scratch": null
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("bcnntrain-images").FullName;

    private string Configuration => Path.Combine(folder, "training.json");

    private string Run => Path.Combine(folder, "run");

    private string Exported => Path.Combine(folder, "images");

    private string Frames => Path.Combine(folder, "test.bcnnframes");

    [Fact]
    public void The_machines_arithmetic_on_packed_frames_gives_the_integer_accuracy_that_evaluate_reports()
    {
        File.WriteAllText(Configuration, Settings);
        string[] run = ["--config", Configuration, "--run", Run];
        Done(["train", .. run]);
        string log = File.ReadAllText(Path.Combine(Run, "log.csv"));
        Done(["train", .. run, "--resume"]);
        Assert.Equal(log, File.ReadAllText(Path.Combine(Run, "log.csv")));
        Done(["export", .. run, "--output", Exported]);
        string packed = Done("export-frames", "--config", Configuration, "--network", Exported, "--output", Frames, "--count", $"{TestImages}");
        Assert.StartsWith($"{Frames}: {TestImages} frames, ", packed, StringComparison.Ordinal);
        Assert.StartsWith($"retrain: {TestImages} test frames, float ", Done(["evaluate", .. run, "--reason", "test"]), StringComparison.Ordinal);
        Done("plot", "--run", Run);
        Assert.False(File.Exists(Path.Combine(Run, "retrain-by-snr.csv")), "images have no SNR");
        Assert.Equal(11, File.ReadAllLines(Path.Combine(Run, "retrain-confusion.csv")).Length);
        string[] row = File.ReadAllLines(Path.Combine(Run, "test-uses.csv"))[1].Split(',');
        double accuracy = Accuracy();
        Assert.True(accuracy > 0.2, $"{accuracy} after a few thousand images; chance is 0.1");
        Assert.Equal(row[4], accuracy.ToString("0.####", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Commands_that_only_radio_bursts_know_and_frames_without_their_network_are_refused()
    {
        File.WriteAllText(Configuration, Settings);
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["yardstick", "--config", Configuration, "--run", Run]));
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["export-frames", "--config", Configuration, "--output", Frames, "--count", "2"]));
        File.WriteAllText(Configuration, Settings.Replace("learned-", "zero-", StringComparison.Ordinal));
        Done("export-frames", "--config", Configuration, "--output", Frames, "--count", "2");
        Assert.Equal(32, FrameFile.Read(Frames).Frames[0].ImValue(0, 0, 0)); // 2^(P-1), next to 0
        File.WriteAllText(Configuration, Settings.Replace("\"test\": 200", "\"test\": 10001", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.BadInput, CommandTree.Run(["export-frames", "--config", Configuration, "--output", Frames, "--count", "2"]));
    }

    public void Dispose() => Directory.Delete(folder, true);

    /// <summary>What the command prints.</summary>
    private static string Done(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(ExitCodes.Done, CommandTree.Run(arguments, output, error));
        Assert.Empty(error.ToString());
        return output.ToString();
    }

    private double Accuracy()
    {
        Network network = NetworkFile.Read(Exported);
        var executor = new ReferenceExecutor(network);
        IReadOnlyList<Frame> frames = FrameFile.Read(Frames).Frames;
        Assert.Equal(TestImages, frames.Count);
        Assert.All(frames.CountBy(f => f.Label), pair => Assert.Equal(TestImages / 10, pair.Value));
        Assert.All(frames, f => Assert.True(float.IsNaN(f.Tag)));
        return frames.Count(f => executor.Run(f).Class == f.Label) / (double)TestImages;
    }
}
