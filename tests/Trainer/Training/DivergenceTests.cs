using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

/// <summary>A number that is not finite stops training in its step, names the array, and the checkpoint of before stays whole.</summary>
public sealed class DivergenceTests : IDisposable
{
    private const int Batch = 32;
    private readonly string folder = Directory.CreateTempSubdirectory("bcnntrain-diverge-").FullName;
    private readonly ComplexNet<float> net = new(SmallNetworks.Residual(), Batch);

    public DivergenceTests() => WeightStart.Draw(net, 7);

    public void Dispose()
    {
        net.Dispose();
        Directory.Delete(folder, true);
    }

    /// <summary>A weight that is not finite becomes a sign: the loss stays finite and only the look at the weights sees it.</summary>
    [Theory]
    [InlineData("conv2.re", float.NaN, "conv2.re[3]")]
    [InlineData("norm3.gainIm", float.PositiveInfinity, "norm3.gainIm[3]")]
    [InlineData("head.weight", float.NaN, "head.weight[3]")]
    [InlineData("norm1.mean", float.NegativeInfinity, "norm1.mean[3]")]
    public void A_planted_number_is_named_with_step_epoch_and_checkpoint_which_stays(string array, float bad, string place)
    {
        using TrainingPhase phase = Phase(0.01, 4);
        byte[] before = OneEpochAndPlant(phase, array, bad);
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => phase.Run(default)).Violations);
        Assert.Equal("dense epoch 2, step 2", violation.Source);
        Assert.Equal(place, violation.Place);
        Assert.Contains(float.IsNaN(bad) ? "NaN" : "Infinity", violation.Value, StringComparison.Ordinal);
        Assert.Contains($"{Checkpoints()}, 1 epochs and 1 steps; best epoch 1", violation.Rule, StringComparison.Ordinal);
        Assert.Contains("lower learningRate in dense", violation.Remedy, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Checkpoints()));

        using TrainingPhase resumed = Phase(0.01, 4);
        Assert.True(resumed.Resume());
        Assert.Equal((1, 1), (resumed.State.Epoch, resumed.State.Step));
        Assert.True(resumed.Run(default));
    }

    [Theory]
    [InlineData(3e38)]
    [InlineData(double.MaxValue)]
    public void A_huge_learning_rate_stops_before_anything_is_saved(double rate)
    {
        using TrainingPhase phase = Phase(rate, 2);
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => phase.Run(default)).Violations);
        Assert.StartsWith("dense epoch 1, step ", violation.Source, StringComparison.Ordinal);
        Assert.Contains("none, the phase had not saved one", violation.Rule, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    /// <summary>The statistics of the batch tell the first layer concerned while all weights are still finite.</summary>
    [Fact]
    public void A_loss_that_is_not_finite_is_traced_to_the_first_layer_before_a_weight_moves()
    {
        using TrainingPhase phase = Phase(0.01, 4);
        Array.Fill(net.Norms[4].State.GainRe, 3e38f);
        Array.Fill(net.Head.Weight, 3e38f);
        InputException refused = Assert.Throws<InputException>(() => phase.Run(default));
        Assert.StartsWith("head.", refused.Violations[0].Place, StringComparison.Ordinal);
        Assert.Contains(", loss NaN", refused.Violations[0].Value, StringComparison.Ordinal);
        Assert.All(net.Parameters(), p => Assert.DoesNotContain(p.Value, x => !float.IsFinite(x)));
    }

    /// <summary>Five stops: four in the steps of the first epoch, one in the first step of the second.</summary>
    private byte[] OneEpochAndPlant(TrainingPhase phase, string array, float bad)
    {
        for (int stop = 0; stop < 5; stop++)
        {
            Assert.False(phase.Run(new CancellationToken(canceled: true)));
        }

        Assert.Equal((1, 1), (phase.State.Epoch, phase.State.Step));
        net.Parameters().Select(p => (p.Name, p.Value)).Concat(net.Statistics()).Single(a => a.Name == array).Value[3] = bad;
        net.Refresh();
        return File.ReadAllBytes(Checkpoints());
    }

    private string Checkpoints() => Path.Combine(folder, "dense.ckpt");

    private TrainingPhase Phase(double rate, int epochs) => new(
        new PhaseContext(
            "dense", folder, "fingerprint", 3, new FrameStore(new PatternFrames(128, 5, 7, 6), 1), new FrameStore(new PatternFrames(40, 6, 7, 6), 1), 64,
            new TrainingLog(Path.Combine(folder, "log.csv")), new WorkSplit(1), new ProgressLine(TextWriter.Null, false, Batch)),
        new() { Epochs = epochs, Images = null, LearningRate = rate, Schedule = ScheduleKind.Steps }, net);
}
