using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>
/// A configuration in a folder of its own, a random network of its geometry whose statistics and bias are those of its training frames, so
/// that bits and answers vary, and the command on its tensors.
/// </summary>
internal sealed class ImportCase : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("bcnntrain-import").FullName;

    /// <param name="residual">Residual network; else a chain with an oblong kernel.</param>
    /// <param name="fractionBits">False lets export choose them.</param>
    public ImportCase(bool residual, bool fractionBits = true)
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training", residual ? "residual.json" : "smoke.json"));
        (string, string)[] changes = residual
            ? [("\"train\": 320", "\"train\": 80"), ("\"samples\": 1024", "\"samples\": 128"), .. fractionBits ? [] : new[] { ("\"valueFractionBits\": 9,", string.Empty) }]
            :
            [
                ("\"batch\": 100", "\"batch\": 32"), ("\"calibrationFrames\": 500", "\"calibrationFrames\": 64"), ("\"samples\": 1024", "\"samples\": 128"), ("\"train\": 4000", "\"train\": 80"),
                ("\"validation\": 800", "\"validation\": 80"),
                ("\"kernel\": [3, 3], \"stride\": [2, 2], \"padding\": [1, 1]", "\"kernel\": [3, 5], \"stride\": [2, 1], \"padding\": [1, 0]"),
            ];
        foreach ((string from, string to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        File.WriteAllText(ConfigurationPath, text);
        Configuration = ConfigurationFile.Read(ConfigurationPath);
        Net = SmallNetworks.Random(residual ? 3 : 4, Configuration.Batch, DataSplits.Shape(Configuration));
        new CalibratedExport(Configuration).Calibrate(Net, new WorkSplit(1));
        Net.Head.RunningMean.Select(mean => -mean).ToArray().CopyTo(Net.Head.Shift, 0);
        Net.Head.BypassNorm();
        Net.Grid = Configuration.Grid;
        Tensors = new TorchTensors(Net);
    }

    public TrainerConfiguration Configuration { get; }

    public ComplexNet<float> Net { get; }

    public TorchTensors Tensors { get; }

    public string ConfigurationPath => Path.Combine(root, "training.json");

    public string Weights => Path.Combine(root, "weights.safetensors");

    /// <summary>Folder the command is asked to write.</summary>
    public string Output(string name = "") => Path.Combine(root, "networks", name.Length > 0 ? name : Configuration.Name);

    /// <summary>Random values saturate, which is not what is asked here.</summary>
    public string[] Arguments(string output) => ["import-weights", "--config", ConfigurationPath, "--weights", Weights, "--output", output, "--saturation", "1"];

    /// <summary>Exit code.</summary>
    public int Run(string output, params string[] more) => CommandTree.Run([.. Arguments(output), .. more]);

    public void Dispose()
    {
        Net.Dispose();
        Directory.Delete(root, true);
    }
}
