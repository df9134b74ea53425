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
    private readonly ComparisonTrainings trainings;
    private readonly Dictionary<(string Network, string Channels), double> speeds = [];
    private readonly Dictionary<string, NetShape> shapes = [];
    private readonly IFrameSource source;

    public ComparisonEstimate(ComparisonSettings settings, ComparisonTrainings trainings)
    {
        (this.settings, this.trainings) = (settings, trainings);
        source = DataSplits.Source(trainings.Shared.Data, DataSplit.Train);
    }

    /// <summary>One line per network, per structure and rate, and the sum.</summary>
    /// <param name="missing">Rows to run.</param>
    /// <param name="untrained">Of every dense network that is not there yet, a contender that starts from it.</param>
    /// <param name="output">Takes the lines.</param>
    public TimeSpan Print(IReadOnlyList<ComparisonKey> missing, IReadOnlyList<string> untrained, TextWriter output)
    {
        TimeSpan whole = untrained.Aggregate(TimeSpan.Zero, (sum, label) => sum + Phase(trainings.Of(label).Dense, label, Dense(label)));
        foreach (string label in missing.Select(key => key.Label).DistinctBy(label => trainings.Owner(settings, label)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"network of {trainings.Owner(settings, label) ?? "all others"}: {Dense(label).ComplexWeights} weights, {Dense(label).MultiplyAccumulates} products per frame"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"dense networks: {untrained.Count} to train, {DurationText.Of(whole)} of CPU time"));
        foreach (var group in missing.GroupBy(key => (key.Structure, key.Rate)))
        {
            TimeSpan time = group.Aggregate(TimeSpan.Zero, (sum, key) => sum + Row(key));
            whole += time;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key.Structure.ToString().ToLowerInvariant()} {group.Key.Rate}x: {group.Count()} rows, {DurationText.Of(time / group.Count())} each"));
        }

        output.WriteLine($"whole: {DurationText.Of(whole)} of CPU time");
        return whole;
    }

    private NetShape Dense(string label)
    {
        if (!shapes.TryGetValue(label, out NetShape? shape))
        {
            shape = trainings.Of(label).Shape(new MapShape(source.Height, source.Width, source.Channels), source.Classes);
            shapes.Add(label, shape);
        }

        return shape;
    }

    private TimeSpan Row(ComparisonKey key)
    {
        ContenderSettings contender = settings.Contender(key.Label);
        TrainerConfiguration configuration = trainings.Of(key.Label);
        NetShape dense = Dense(key.Label), kept = dense;
        if (contender.Baseline != BaselineKind.Dense)
        {
            var plan = new PruningPlan(settings.Pruning(key), dense, configuration.LeastChannels);
            kept = plan.Shape(plan.Counts(null));
        }

        TimeSpan test = settings.Test == false ? TimeSpan.Zero : Images(ForwardShare * configuration.Data.Test, key.Label, kept);
        return test + (contender.StartsAnew
            ? Phase(settings.FromScratch(contender, configuration.Dense), key.Label, kept)
            : Phase(settings.Retrain, key.Label, kept) + Phase(settings.Prune, key.Label, dense) + Images(contender.Method is null ? 0 : ForwardShare * settings.Prune.Epochs * PruningTarget.ObjectiveFrames, key.Label, dense));
    }

    private TimeSpan Phase(PhaseSettings phase, string label, NetShape shape)
    {
        TrainerConfiguration configuration = trainings.Of(label);
        double evaluated = ForwardShare * (configuration.Data.Validation + configuration.CalibrationFrames);
        return Images(phase.Epochs * ((phase.StepsPerEpoch(configuration.Data.Train, configuration.Batch) * configuration.Batch) + evaluated), label, shape);
    }

    private TimeSpan Images(double images, string label, NetShape shape)
    {
        TrainerConfiguration configuration = trainings.Of(label);
        (string, string) network = (trainings.Own.ContainsKey(label) ? label : string.Empty, string.Join('/', shape.Layers.Select(layer => layer.OutputChannels)));
        if (images > 0 && !speeds.ContainsKey(network))
        {
            speeds.Add(network, StepMeasurement.Of(configuration, shape, 1).Timing.ImagesPerCpuSecond);
        }

        return images > 0 ? TimeSpan.FromSeconds(images / speeds[network]) : TimeSpan.Zero;
    }
}
