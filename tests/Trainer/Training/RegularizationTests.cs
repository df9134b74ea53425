using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Layers.Real;
using BcnnSim.Trainer.Tests.Layers.Real;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class RegularizationTests
{
    /// <summary>Slope of decay/2 ||W||^2 on weights, nothing on gains and shifts.</summary>
    [Fact]
    public void Decay_pulls_weights_alone()
    {
        using var real = new RealNet<float>(RealShapes.Chain(false), 2, new(0, ActivationKind.Relu));
        using var complex = new ComplexNet<float>(SmallNetworks.Shape() with { LearnedImaginary = true }, 2);
        foreach (INetwork net in new INetwork[] { real, complex })
        {
            foreach (Parameter<float> parameter in net.Parameters())
            {
                Array.Fill(parameter.Value, 3);
                Array.Fill(parameter.Gradient, 1);
            }

            new Regularization(0.5, 0, 0).AddDecay(net.Parameters());
            foreach (Parameter<float> parameter in net.Parameters())
            {
                bool free = new[] { "gain", "shift", "bias" }.Any(kind => parameter.Name.Contains(kind, StringComparison.Ordinal));
                Assert.All(parameter.Gradient, value => Assert.Equal(free ? 1f : 2.5f, value));
            }
        }
    }

    /// <summary>Steps that change no weight: without dropout the same frames have the same loss every time.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 3)]
    public void Every_step_of_a_phase_drops_other_values(double dropout, int losses)
    {
        string folder = Directory.CreateTempSubdirectory("bcnntrain-dropout-").FullName;
        try
        {
            var frames = new FrameStore(new PatternFrames(64, 1), 1);
            using var net = new RealNet<float>(RealShapes.Small(frames.Shape), 64, new(0, ActivationKind.Relu, BatchNorm: false));
            WeightStart.Draw(net, 3);
            var context = new PhaseContext(
                "dense", folder, "fingerprint", 3, frames, frames, 64, new TrainingLog(Path.Combine(folder, "log.csv")), new WorkSplit(1), new ProgressLine(TextWriter.Null, true, 64))
            { Regularization = new(0, 0, dropout) };
            using var phase = new TrainingPhase(context, new() { Epochs = 1, Images = null, LearningRate = 0.01, Schedule = ScheduleKind.Constant }, net);
            int[] all = [.. Enumerable.Range(0, 64)];
            Assert.Equal(losses, Enumerable.Range(0, 3).Select(_ => phase.Step(all, 0).LossSum).Distinct().Count());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
