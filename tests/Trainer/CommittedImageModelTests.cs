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

/// <summary>The committed networks for images, their configurations and their frames belong together.</summary>
public class CommittedImageModelTests
{
    private const int Some = 48;

    public static TheoryData<string> Networks => ["cc-nin", "cc-resnet18"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_committed_network_answers_its_committed_frames_far_above_chance_at_20x(string name)
    {
        Network network = NetworkFile.Read(CommittedFiles.Network(name));
        var executor = new ReferenceExecutor(network);
        int correct = FrameFile.Read(CommittedFiles.Frames(name)).Frames.Take(Some).Count(frame => executor.Run(frame).Class == frame.Label);

        // At least 80 % on 10,000 frames; 48 of them leave three standard errors of 17 points.
        Assert.InRange((double)correct / Some, 0.63, 1);
        Assert.True(network.Pruning.Rate >= 20, $"rate {network.Pruning.Rate}");
        Assert.Equal(8, network.Input.InputBits);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_host_transform_still_packs_the_committed_frames_and_the_fast_evaluation_agrees_with_the_reference(string name)
    {
        Network network = NetworkFile.Read(CommittedFiles.Network(name));
        IReadOnlyList<Frame> committed = FrameFile.Read(CommittedFiles.Frames(name)).Frames;
        IFrameSource source = DataSplits.Source(ConfigurationFile.Read(Path.Combine(CommittedFiles.Network(name), "training.json")).Data, DataSplit.Test);
        IReadOnlyList<Frame> made = ExportFramesCommand.Pack(ExportFramesCommand.WithImaginary(source, CommittedFiles.Network(name)), Some).Frames;
        using var integers = new IntegerNet(network, Some);
        using var input = new FeatureBatch<float>(Some, new MapShape(network.Input.Height, network.Input.Width, network.Input.Channels));
        new FrameStore(source, 2, default, [.. Enumerable.Range(0, Some)]).Load([.. Enumerable.Range(0, Some)], input, new int[Some]);
        long[] scores = integers.Forward(input, new WorkSplit(2));
        var executor = new ReferenceExecutor(network);
        int classes = network.Classes.Count;
        for (int i = 0; i < Some; i++)
        {
            Assert.Equal(committed[i].Planes, made[i].Planes);
            Assert.Equal(committed[i].Label, made[i].Label);
            Assert.Equal(executor.Run(committed[i]).Scores, scores[(classes * i)..(classes * (i + 1))]);
        }
    }
}
