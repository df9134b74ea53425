using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

/// <summary>Training towards a target, cut off behind every single step, is the same run to the bit.</summary>
public class PruneResumeTests
{
    private const int Epochs = 4;
    private const int StepsPerEpoch = 4;

    [Theory]
    [InlineData("slr", null)]
    [InlineData("reweighted", null)]
    [InlineData("admm", null)]
    [InlineData("penalty", null)]
    [InlineData("slr-epoch-loss", null)]
    [InlineData("slr", PruningStructure.Kernel)]
    [InlineData("admm", PruningStructure.Filter)]
    public void A_run_that_stops_behind_every_step_ends_with_the_bits_and_the_iterations_of_one_that_never_stops(string method, PruningStructure? gated)
    {
        using var whole = new TrainingFixture();
        float[] expected = whole.Train(1, Epochs, resume: false, towards: shape => Target(whole, shape, method, gated));
        using var cut = new TrainingFixture();
        _ = cut.Train(1, Epochs, resume: false, stopAfterSteps: 1, towards: shape => Target(cut, shape, method, gated));
        for (int step = 1; step < Epochs * StepsPerEpoch; step++)
        {
            _ = cut.Train(1, Epochs, resume: true, stopAfterSteps: 1, towards: shape => Target(cut, shape, method, gated));
        }

        float[] actual = cut.Train(1, Epochs, resume: true, towards: shape => Target(cut, shape, method, gated));
        Assert.Equal(expected, actual);
        string rows = File.ReadAllText(Iterations(whole));
        Assert.Equal(rows, File.ReadAllText(Iterations(cut)));
        Assert.Equal(Epochs, new IterationLog(Iterations(cut)).Rows.Count);
        Assert.Equal(Epochs, new IterationLog(Iterations(cut)).Rows.Select(row => row.Violation).Distinct().Count());
    }

    [Fact]
    public void A_phase_that_reached_its_target_ends_early_and_resuming_it_adds_nothing()
    {
        using var run = new TrainingFixture();
        PruningTarget Near(NetShape shape) => Target(run, shape, "admm", parameters: new() { StopBelow = 0.999 });
        float[] once = run.Train(1, Epochs, resume: false, towards: Near);
        float[] again = run.Train(1, Epochs, resume: true, towards: Near);
        Assert.Equal(once, again);
        Assert.Single(new IterationLog(Iterations(run)).Rows);
    }

    [Fact]
    public void The_loss_of_an_epoch_is_f_where_it_is_asked_for()
    {
        using TrainingFixture mean = new(), end = new();
        _ = mean.Train(1, 2, resume: false, towards: shape => Target(mean, shape, "slr-epoch-loss"));
        _ = end.Train(1, 2, resume: false, towards: shape => Target(end, shape, "slr"));
        double[] losses = [.. new TrainingLog(Path.Combine(mean.Folder, "log.csv")).Rows.Select(row => row.TrainLoss)];
        Assert.Equal(losses, new IterationLog(Iterations(mean)).Rows.Select(row => row.Loss!.Value));
        Assert.NotEqual(losses[0], new IterationLog(Iterations(end)).Rows[0].Loss);
    }

    [Fact]
    public void A_checkpoint_of_another_method_is_refused()
    {
        using var run = new TrainingFixture();
        _ = run.Train(1, 1, resume: false, towards: shape => Target(run, shape, "magnitude"));
        Assert.Throws<InputException>(() => run.Train(1, 1, resume: true, towards: shape => Target(run, shape, "reweighted")));
    }

    private static string Iterations(TrainingFixture run) => Path.Combine(run.Folder, "iterations.csv");

    private static PruningTarget Target(TrainingFixture run, NetShape shape, string method, PruningStructure? gated = null, MethodParameters? parameters = null)
    {
        IReadOnlyList<GroupSet> sets = Grouping.Of(shape, gated ?? PruningStructure.Kernel);
        parameters ??= method switch
        {
            "reweighted" => new() { Lambda = 0.01 },
            "slr-epoch-loss" => new() { EpochLoss = true },
            _ => null,
        };
        var settings = new MethodSettings { Method = method.Split('-')[0], Parameters = parameters };
        return new PruningTarget(new(sets, [.. sets.Select(set => set.Count / 4)]), settings.Create(), gated) { Log = new(Iterations(run)) };
    }
}
