using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Rules between a comparison and the training configurations it names.</summary>
internal sealed class TogetherRules
{
    private readonly ViolationList violations;
    private readonly ComparisonSettings settings;
    private readonly TrainerConfiguration shared;

    private TogetherRules(string path, ComparisonSettings settings, TrainerConfiguration shared) =>
        (violations, this.settings, this.shared) = (new(path), settings, shared);

    /// <exception cref="InputException">Every broken rule.</exception>
    public static void Check(string path, ComparisonSettings settings, ComparisonTrainings trainings)
    {
        var rules = new TogetherRules(path, settings, trainings.Shared);
        rules.CheckTraining("training", settings.Training, trainings.Shared, settings.Contenders.Where(contender => contender.Training is null));
        foreach ((int i, ContenderSettings contender) in settings.Contenders.Index().Where(pair => pair.Item.Training is not null))
        {
            rules.CheckTraining($"contenders[{i}].training", contender.Training!, trainings.Of(contender.Label), [contender]);
            rules.CheckSameData($"contenders[{i}].training", contender.Training!, trainings.Of(contender.Label));
        }

        ViolationList.ThrowIfAny(rules.violations);
    }

    private void CheckTraining(string place, string file, TrainerConfiguration training, IEnumerable<ContenderSettings> users)
    {
        CheckPhase("prune", settings.Prune, file, training);
        CheckPhase("retrain", settings.Retrain, file, training);
        foreach (ContenderSettings contender in users.Where(contender => contender.Baseline != BaselineKind.Dense))
        {
            CheckRoute(contender, file, training);
        }

        CheckRates(file, training, users);
        if (training.Dense.Epochs == 0)
        {
            violations.Add(place, file, "dense.epochs must be at least 1: every row starts from a dense network", "Give it epochs");
        }

        if (settings.Test != false && training.Data.Test == 0)
        {
            violations.Add(place, file, "data.test must be at least 1: every row reads it once", "Give it test frames, or set test to false");
        }
    }

    private void CheckRoute(ContenderSettings contender, string file, TrainerConfiguration training)
    {
        BinarizationRoute route = settings.Route(contender);
        bool fits = PruningRules.RouteFits(route, training);
        string place = contender.Binarization is null ? "binarization" : $"contenders.{contender.Label}.binarization";
        if (!fits && violations.Items.All(v => v.Place != place))
        {
            violations.Add(place, SettingText.Of(route), $"{PruningRules.RoutesByWeights}; {file} is {training.Arithmetic ?? "complex-binary"}{(training.WeightBits is { } bits ? $" of {bits} bits" : string.Empty)}", "Name a route that fits");
        }

        if (fits && settings.Structures.Any(structure => contender.TakesPart(structure) && !PruningRules.GatesFit(structure, route, training)))
        {
            violations.Add(place, "gated", $"must be after or signs for filters and channels of {file}, which has layers of values: an add carries a channel around its gated bits", "Take after, or other structures");
        }
    }

    // Found here, or hours later at the first row that asks for it.
    private void CheckRates(string file, TrainerConfiguration training, IEnumerable<ContenderSettings> users)
    {
        ContenderSettings[] pruned = [.. users.Where(contender => contender.Baseline != BaselineKind.Dense)];
        NetShape dense = DataSplits.Shape(training);
        IEnumerable<(string? Narrower, PruningSettings Target)> asked =
            from structure in settings.Structures
            from rate in settings.Rates
            from contender in pruned
            where contender.TakesPart(structure, rate)
            select (contender.Baseline == BaselineKind.Width ? contender.Label : null, settings.Pruning(new(contender.Label, structure, rate, 0)));
        foreach ((string? narrower, PruningSettings target) in asked.Distinct())
        {
            var plan = new PruningPlan(target, dense, training.LeastChannels);
            if (plan.Sets.Count == 0 || plan.HighestRate < target.Rate)
            {
                (string place, string remedy) = narrower is null
                    ? ("rates", "Ask for a lower rate or another structure")
                    : ($"contenders.{narrower}.rates", "Name the rates in rates of this contender that a narrower network reaches");
                violations.Add(place, SettingText.Of(target.Rate), $"{plan.Reach}, of {file}", remedy);
            }
        }
    }

    private void CheckPhase(string place, PhaseSettings phase, string file, TrainerConfiguration training)
    {
        if (phase.Images is { } images && (images < training.Batch || images > training.Data.Train))
        {
            violations.Add($"{place}.images", images.ToString(CultureInfo.InvariantCulture), $"must be null or lie in batch = {training.Batch} .. data.train = {training.Data.Train} of {file}", "null = every training frame once per epoch");
        }

        if (phase.Images != training.Dense.Images)
        {
            violations.Add($"{place}.images", $"{phase.Images}", $"must equal dense.images = {training.Dense.Images?.ToString(CultureInfo.InvariantCulture) ?? "null"} of {file}: the twin from scratch sees as many images", "Write the same number");
        }
    }

    // Contenders are paired by seed: the same frames in the same batches, and as many of them.
    private void CheckSameData(string place, string file, TrainerConfiguration own)
    {
        bool same = ConfigurationFile.Text(own.Data with { InputBits = shared.Data.InputBits }) == ConfigurationFile.Text(shared.Data)
            && (own.Batch, own.CalibrationFrames, own.Dense.Epochs) == (shared.Batch, shared.CalibrationFrames, shared.Dense.Epochs);
        if (!same)
        {
            violations.Add(place, file, $"data but for its inputBits, batch, calibrationFrames and dense.epochs must be those of {settings.Training}: contenders see the same frames, and as many", "Copy these keys");
        }
    }
}
