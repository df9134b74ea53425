using System.Globalization;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Trainer.Tests.Training;

/// <summary>4,000 radio bursts of four classes: learns, and along the recorded curve.</summary>
public class LearningSmokeTests(ITestOutputHelper output)
{
    private const int Epochs = 3;
    private const int Batch = 100;
    private const double Tolerance = 0.05;

    [Fact]
    public void Four_classes_are_learnt_ten_standard_errors_above_chance_along_the_recorded_loss_curve()
    {
        TrainerConfiguration configuration = ConfigurationFile.Read(Path.Combine(AppContext.BaseDirectory, "Training", "smoke.json"));
        LoadedData data = LoadedData.Load(configuration, default);
        using var net = new ComplexNet<float>(configuration.Shape(data.Train.Shape, data.Train.Classes), Batch);
        WeightStart.Draw(net, configuration.Seed);
        using var folder = new TrainingFixture();
        using var phase = new TrainingPhase(Context(configuration, data, folder), configuration.Dense, net);
        List<double> losses = Curve(phase, data, configuration);
        EvaluationResult result = phase.Validate();
        double error = Math.Sqrt(0.25 * 0.75 / data.Validation.Count);
        Assert.True(result.Accuracy > 0.25 + (10 * error), $"accuracy {result.Accuracy:P1}, chance + 10 standard errors {0.25 + (10 * error):P1}, seed {configuration.Seed}");
        Compare(losses);
    }

    private static PhaseContext Context(TrainerConfiguration configuration, LoadedData data, TrainingFixture folder) => new(
        "smoke", folder.Folder, string.Empty, configuration.Seed, data.Train, data.Validation, configuration.CalibrationFrames,
        new TrainingLog(Path.Combine(folder.Folder, "log.csv")), new WorkSplit(configuration.Threads), new ProgressLine(TextWriter.Null, false, Batch));

    private static List<double> Curve(TrainingPhase phase, LoadedData data, TrainerConfiguration configuration)
    {
        var losses = new List<double>();
        int steps = data.Train.Count / Batch;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            int[] order = new SeededStream(configuration.Seed, "smoke", (ulong)epoch).Permutation(data.Train.Count);
            double sum = 0;
            for (int step = 0; step < steps; step++)
            {
                double rate = configuration.Dense.LearningRate * LearningRateSchedule.Factor(configuration.Dense.Schedule, (epoch + ((double)step / steps)) / Epochs);
                sum += phase.Step(order.AsSpan(step * Batch, Batch), rate).LossSum;
                if (step % 10 == 9)
                {
                    losses.Add(sum / (10 * Batch));
                    sum = 0;
                }
            }
        }

        return losses;
    }

    // First line: processor features it was recorded on, the same bits on each; then one mean loss per ten steps.
    private void Compare(List<double> losses)
    {
        string[] recorded = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Training", "smoke-losses.txt"));
        string features = ProcessorFeatures.Describe();
        string[] found = [.. losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture))];
        string left = Path.Combine(AppContext.BaseDirectory, "smoke-losses.found.txt");
        File.WriteAllLines(left, [features, .. found]);
        Assert.True(recorded.Length == found.Length + 1, $"the recorded curve has {recorded.Length - 1} points; this run left {left}");
        if (recorded[0].Split(' ').Contains(features))
        {
            Assert.Equal(recorded[1..], found);
            return;
        }

        output.WriteLine($"recorded on {recorded[0]}, running on {features}: compared within {Tolerance}, not bit for bit");
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(double.Parse(recorded[i + 1], CultureInfo.InvariantCulture), losses[i], Tolerance);
        }
    }
}
