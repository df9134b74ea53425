using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Tests.Training;

/// <summary>A run of the small network on pattern frames in a folder of its own.</summary>
internal sealed class TrainingFixture : IDisposable
{
    private static int next;
    private readonly string root = Path.Combine(Path.GetTempPath(), $"bcnntrain-{Environment.ProcessId}-{Interlocked.Increment(ref next)}");

    public TrainingFixture() => Directory.CreateDirectory(root);

    public string Folder => root;

    /// <summary>Trains and returns every trained and running number; <paramref name="stopAfterSteps"/> asks for a stop once.</summary>
    public float[] Train(int threads, int epochs, bool resume, int stopAfterSteps = int.MaxValue, int? images = null, bool residual = false, bool learnedImaginary = false, Func<NetShape, PruningTarget>? towards = null)
    {
        NetShape shape = residual ? SmallNetworks.Residual() : SmallNetworks.Shape();
        using var net = new ComplexNet<float>(shape with { LearnedImaginary = learnedImaginary }, 32);
        WeightStart.Draw(net, 7);
        using var stop = new CancellationTokenSource();
        using var phase = new TrainingPhase(Context(net.Shape.Input, threads, stop, stopAfterSteps) with { Augmentation = learnedImaginary }, new() { Epochs = epochs, Images = images, LearningRate = 0.01, Schedule = ScheduleKind.Steps }, net, towards?.Invoke(net.Shape));
        if (resume)
        {
            Assert(phase.Resume());
        }

        bool finished = phase.Run(stop.Token);
        Assert(finished == (stopAfterSteps == int.MaxValue));
        return [.. net.Parameters().SelectMany(p => p.Value), .. net.Statistics().SelectMany(s => s.Value)];
    }

    public void Dispose() => Directory.Delete(root, true);

    private static void Assert(bool good) => Xunit.Assert.True(good);

    private PhaseContext Context(BcnnSim.Networks.MapShape map, int threads, CancellationTokenSource stop, int stopAfterSteps)
    {
        var train = new FrameStore(new PatternFrames(128, 5, map.Height, map.Width), 1);
        var progress = new ProgressLine(new StoppingWriter(stop, stopAfterSteps), true, 32);
        return new PhaseContext(
            "dense", root, "fingerprint", 3, train, new FrameStore(new PatternFrames(40, 6, map.Height, map.Width), 1), 64,
            new TrainingLog(Path.Combine(root, "log.csv")), new WorkSplit(threads), progress);
    }

    // The phase reports every step through the clock-limited progress line, so the stop is asked for from outside instead.
    private sealed class StoppingWriter : StringWriter
    {
        public StoppingWriter(CancellationTokenSource stop, int steps)
        {
            if (steps != int.MaxValue)
            {
                stop.Cancel();
            }
        }
    }
}
