using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>CPU time that rows of a comparison are expected to take, from a few steps of their networks on random values.</summary>
internal sealed class ComparisonEstimate
{
    // Evaluation runs the forward pass only, a third of a step.
    private const double ForwardShare = 1.0 / 3;

    private readonly ComparisonSettings settings;
    private readonly TrainerConfiguration configuration;
    private readonly NetShape dense;
    private readonly Dictionary<NetShape, double> speeds = [];

    public ComparisonEstimate(ComparisonSettings settings, TrainerConfiguration configuration)
    {
        (this.settings, this.configuration) = (settings, configuration);
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        dense = configuration.Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);
    }

    /// <summary>One line per structure and rate, and the sum.</summary>
    /// <param name="missing">Rows to run.</param>
    /// <param name="untrained">Seeds whose dense network is not there yet.</param>
    /// <param name="output">Takes the lines.</param>
    public void Print(IReadOnlyList<ComparisonKey> missing, int untrained, TextWriter output)
    {
        TimeSpan whole = Phase(configuration.Dense, dense) * untrained;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dense networks: {untrained} to train, {Text(whole)} of CPU time"));
        foreach (var group in missing.GroupBy(key => (key.Structure, key.Rate)))
        {
            TimeSpan time = group.Aggregate(TimeSpan.Zero, (sum, key) => sum + Row(key));
            whole += time;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key.Structure.ToString().ToLowerInvariant()} {group.Key.Rate}x: {group.Count()} rows, {Text(time / group.Count())} each"));
        }

        output.WriteLine($"whole: {Text(whole)} of CPU time");
    }

    private static string Text(TimeSpan time) => time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private TimeSpan Row(ComparisonKey key)
    {
        ContenderSettings contender = settings.Contenders.First(c => c.Label == key.Label);
        var plan = new PruningPlan(settings.Pruning(key), dense, configuration.LeastChannels);
        NetShape kept = configuration.IsReal || contender.Baseline == BaselineKind.Dense ? dense : plan.Shape(plan.Counts(null));
        TimeSpan test = settings.Test == false ? TimeSpan.Zero : Images(ForwardShare * configuration.Data.Test, kept);
        return test + Phase(settings.Retrain, kept) + (contender.Baseline == BaselineKind.Scratch
            ? Phase(configuration.Dense, kept) + Phase(settings.Prune, kept)
            : Phase(settings.Prune, dense) + Images(contender.Method is null ? 0 : ForwardShare * settings.Prune.Epochs * PruningTarget.ObjectiveFrames, dense));
    }

    private TimeSpan Phase(PhaseSettings phase, NetShape shape)
    {
        DataSettings data = configuration.Data;
        double evaluated = ForwardShare * (data.Validation + configuration.CalibrationFrames);
        return Images(phase.Epochs * ((phase.StepsPerEpoch(data.Train, configuration.Batch) * configuration.Batch) + evaluated), shape);
    }

    private TimeSpan Images(double images, NetShape shape)
    {
        if (!speeds.TryGetValue(shape, out double speed))
        {
            speed = StepMeasurement.Of(configuration, shape, configuration.Threads).ImagesPerCpuSecond;
            speeds.Add(shape, speed);
        }

        return TimeSpan.FromSeconds(images / speed);
    }
}
