using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class StepTrialTests
{
    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(3600, 1, 100)]
    public void Takes_the_steps_it_must_and_never_more_than_a_hundred(int seconds, int least, int steps)
    {
        TrainerConfiguration configuration = ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json")) with { Batch = 2 };
        NetShape shape = configuration.Shape(new MapShape(8, 8, 1), 3);
        using var trial = new StepTrial(configuration, shape);
        StepTiming timing = trial.Run(new WorkSplit(2), TimeSpan.FromSeconds(seconds), least);
        Assert.Equal(2 * steps, timing.Images);
        Assert.True(timing.Wall > TimeSpan.Zero);
        Assert.Equal(timing.Images / timing.Wall.TotalSeconds, timing.ImagesPerSecond);
    }
}
