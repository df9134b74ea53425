using System.Diagnostics;
using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>Parameters, memory, measured images/s and finish time of each phase, from a few steps on random values.</summary>
/// <param name="configuration">What is to be trained.</param>
/// <param name="done">Epochs of phases that a run has behind it; null = none.</param>
public sealed class RunEstimate(TrainerConfiguration configuration, IReadOnlyDictionary<string, int>? done = null)
{
    // Validation and calibration run the forward pass only, a third of a step.
    private const double ForwardShare = 1.0 / 3;

    /// <summary>Prints and returns the whole time.</summary>
    public TimeSpan Print(TextWriter output)
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        NetShape dense = configuration.Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);
        TimeSpan total = Generation(source, output) + Phase("dense", dense, configuration.Dense, output);
        if (configuration.Pruning is { } pruning)
        {
            var plan = new PruningPlan(pruning, dense, configuration.LeastChannels);
            IReadOnlyList<int> kept = plan.Counts(null);
            NetShape small = plan.Shape(kept);
            string lanes = plan.Form.LeavesShapes ? string.Create(CultureInfo.InvariantCulture, $", lane operations {(double)dense.LaneOperations / small.LaneOperations:F2}x fewer") : string.Empty;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pruning: {plan.Form.Name}, kept {string.Join('/', kept)}, rate {plan.Rate(kept):F2}x{lanes}"));
            total += Phase("prune", dense, pruning.Phase, output);
            total += Phase("retrain", small, configuration.Retrain, output) + Phase("scratch", small, configuration.Scratch, output);
        }

        output.WriteLine($"whole run: {DurationText.Of(total)}");
        return total;
    }

    private TimeSpan Generation(IFrameSource source, TextWriter output)
    {
        const int Sample = 64;
        int size = source.Channels * source.Height * source.Width;
        byte[] re = new byte[size], im = new byte[size];
        source.FillIntegers(0, re, im);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < Math.Min(Sample, source.Count); i++)
        {
            source.FillIntegers(i, re, im);
        }

        int frames = configuration.Data.Train + configuration.Data.Validation;
        TimeSpan time = clock.Elapsed / Math.Min(Sample, source.Count) * frames / configuration.Threads;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"data: {frames} frames, {2L * size * frames >> 20} MiB, {DurationText.Of(time)}"));
        return time;
    }

    private TimeSpan Phase(string name, NetShape shape, PhaseSettings? settings, TextWriter output)
    {
        int epochs = (settings?.Epochs ?? 0) - (done?.GetValueOrDefault(name) ?? 0);
        if (settings is null || epochs <= 0)
        {
            return TimeSpan.Zero;
        }

        var step = StepMeasurement.Of(configuration, shape, configuration.Threads);
        DataSettings data = configuration.Data;
        double images = epochs * ((settings.StepsPerEpoch(data.Train, configuration.Batch) * configuration.Batch) + (ForwardShare * (data.Validation + configuration.CalibrationFrames)));
        TimeSpan time = TimeSpan.FromSeconds(images / step.Timing.ImagesPerSecond);
        string numbers = configuration.IsReal ? "real" : "complex";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {shape.ComplexWeights} {numbers} weights, {shape.MultiplyAccumulates / 1e6:F2} M {numbers} products per frame, {step.MapBytes >> 20} MiB of maps, {step.TrainingBytes(name == "prune") / 1048576.0:F1} MiB of weights and what training holds beside them, {step.Timing.ImagesPerSecond:F0} images/s ({step.Timing.ImagesPerCpuSecond:F1} per CPU second), {epochs} epochs of {settings.StepsPerEpoch(data.Train, configuration.Batch) * configuration.Batch} images, {DurationText.Of(time)}"));
        return time;
    }
}
