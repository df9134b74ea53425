using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests;

/// <summary>The committed cc-iq, its configuration and its frames belong together.</summary>
public class CommittedModelTests
{
    // One frame of every (class, SNR) pair.
    private const int Cells = 220;

    private static readonly string Folder = CommittedFiles.Network("cc-iq");
    private static readonly string Frames = CommittedFiles.Frames("cc-iq");

    [Fact]
    public void The_committed_network_answers_its_committed_frames_as_its_model_card_says()
    {
        Network network = NetworkFile.Read(Folder);
        var executor = new ReferenceExecutor(network);
        int correct = FrameFile.Read(Frames).Frames.Take(Cells).Count(frame => executor.Run(frame).Class == frame.Label);

        // 62.36 % on 22,000 frames; three standard errors of 220 are ten points.
        Assert.InRange((double)correct / Cells, 0.52, 0.73);
        Assert.True(network.Pruning.Rate >= 20, $"rate {network.Pruning.Rate}");
    }

    [Fact]
    public void The_generator_still_makes_the_committed_frames()
    {
        IFrameSource source = Test();
        IReadOnlyList<Frame> committed = FrameFile.Read(Frames).Frames;
        IReadOnlyList<Frame> made = ExportFramesCommand.Pack(source, 22).Frames;
        for (int i = 0; i < made.Count; i++)
        {
            Assert.Equal(committed[i].Planes, made[i].Planes);
            Assert.Equal((committed[i].Label, committed[i].Tag), (made[i].Label, made[i].Tag));
        }
    }

    [Fact]
    public void Fast_and_reference_evaluation_of_the_committed_network_agree()
    {
        Network network = NetworkFile.Read(Folder);
        using var integers = new IntegerNet(network, 22);
        using var input = new FeatureBatch<float>(22, new MapShape(32, 32, 1));
        var store = new FrameStore(Test(), 2, default, [.. Enumerable.Range(0, 22)]);
        store.Load([.. Enumerable.Range(0, 22)], input, new int[22]);
        long[] scores = integers.Forward(input, new WorkSplit(2));
        IReadOnlyList<Frame> frames = FrameFile.Read(Frames).Frames;
        for (int n = 0; n < 22; n++)
        {
            Assert.Equal(ReferenceExecutor.Run(network, frames[n]).Scores, scores[(11 * n)..(11 * (n + 1))]);
        }
    }

    private static IFrameSource Test() =>
        DataSplits.Source(ConfigurationFile.Read(Path.Combine(Folder, "training.json")).Data, DataSplit.Test);
}
