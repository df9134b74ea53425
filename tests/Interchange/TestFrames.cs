using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Interchange.Tests;

/// <summary>
/// Test frames of a committed network: the committed ones, then those that follow them in the test split of its configuration.
/// Radio bursts are generated, images come from the package of their set; no label is read.
/// </summary>
internal static class TestFrames
{
    public static IReadOnlyList<Frame> Of(string name, int count)
    {
        string folder = Repository.File("models", "networks", name);
        IReadOnlyList<Frame> committed = FrameFile.Read(Repository.File("traces", "frames", name + "-test" + FrameFile.Extension)).Frames;
        IFrameSource split = DataSplits.Source(ConfigurationFile.Read(Path.Combine(folder, "training.json")).Data, DataSplit.Test);
        bool learned = split.TransformName == LearnedImaginary.TransformName;
        IFrameSource source = ExportFramesCommand.WithImaginary(split, learned ? folder : null);
        return [.. committed.Take(count), .. ExportFramesCommand.Pack(source, Math.Max(0, count - committed.Count), committed.Count).Frames];
    }
}
