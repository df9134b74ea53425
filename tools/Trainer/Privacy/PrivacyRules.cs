using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>Ranges of a privacy study; places already refused are not judged again.</summary>
internal sealed class PrivacyRules(PrivacySettings s, ViolationList violations, IReadOnlySet<string> refused)
{
    private readonly RuleList rules = new(violations, refused);

    public void Check()
    {
        rules.Check(s.Training.Length > 0, "training", s.Training, "must be the path of a training configuration", "Give it relative to this file");
        rules.Check(s.Members is >= 100 and <= 100_000, "members", s.Members, "must lie in 100..100000", "5000 is the study's start");
        rules.Check(s.Validation is >= 100 and <= 100_000, "validation", s.Validation, "must lie in 100..100000", "As many as members");
        rules.Check(s.Rate is >= 1 and <= 10_000, "rate", s.Rate, "must lie in 1..10000", "20 is the paper's rate");
        rules.Check(s.Structure != PruningStructure.Block, "structure", "block", "must not be block: no design stands behind a privacy study", "Take filter or unstructured");
        rules.Check(s.Allocation is AllocationKind.Uniform or AllocationKind.Norm, "allocation", SettingText.Of(s.Allocation), "must be uniform or norm", "Take norm");
        MethodRules.Check(s.Method, "method", rules.Check);
        CheckPhase(s.Prune, "prune");
        CheckPhase(s.Retrain, "retrain");
        CheckGame(s.Game);
        CheckDp(s.Dp);
        CheckReferences(s.References);
        rules.Entries(s.Contenders.Select(contender => contender.Label), "contenders");
        rules.Entries(s.Seeds, "seeds");
        rules.Check(s.Contenders.Count(contender => contender.IsUndefended) == 1, "contenders", $"{s.Contenders.Count(contender => contender.IsUndefended)} without a knob", "must have exactly one without a knob (epochs, lambda, sigma, scratch, weightDecay, labelSmoothing, dropout): the undefended network", "Add { \"label\": \"dense\", \"defence\": \"none\" }");
        for (int i = 0; i < s.Contenders.Count; i++)
        {
            CheckContender(s.Contenders[i], $"contenders[{i}]");
        }
    }

    /// <summary>Between a study and the training configuration it names.</summary>
    public static void CheckTogether(string path, PrivacySettings s, TrainerConfiguration training)
    {
        var violations = new ViolationList(path);
        int pool = training.Data.Train + training.Data.Validation + training.Data.Test;
        if (!training.Data.IsImages)
        {
            violations.Add("training", training.Data.Set, "must name an image set: membership of generated bursts means nothing", "Take fashion-mnist");
        }

        if (training.HasLowWeights)
        {
            violations.Add("training", training.Arithmetic ?? "complex-binary", "must have weights by value: the game's routes of binary weights are not built", "Take real-float or complex-float");
        }

        foreach ((string key, bool given) in new[] { ("data.augmentation", training.Data.Augmentation is not null), ("pruning", training.Pruning is not null), ("retrain", training.Retrain is not null), ("scratch", training.Scratch is not null), ("valueFractionBits", training.ValueFractionBits is not null) })
        {
            if (given)
            {
                violations.Add("training", key, $"must be null in {s.Training}: a privacy study has phases of its own and takes images as they are", "Write null");
            }
        }

        if (s.Members < training.Batch)
        {
            violations.Add("members", $"{s.Members}", $"must be at least one batch = {training.Batch} of {s.Training}", "Take a smaller batch");
        }

        if ((3L * s.Members) + s.Validation > pool)
        {
            violations.Add("members", $"{s.Members}", $"three sets of members and validation must fit into the {pool} frames of {s.Training}", "Ask for fewer");
        }

        if (s.References?.Shadow > 0 && (6L * s.Members) + s.Validation > pool)
        {
            violations.Add("references.shadow", $"{s.References.Shadow}", $"shadow models need three sets of members beside the study's own, of the {pool} frames of {s.Training}", "Ask for fewer members, or write 0");
        }

        for (int i = 0; i < s.Contenders.Count; i++)
        {
            CheckContenderWith(s, training, i, violations);
        }

        if (training.Dense.Epochs == 0 || training.Dense.Images is not null)
        {
            violations.Add("training", s.Training, "dense must have epochs, and images null: an epoch is every member once", "Change the dense phase");
        }

        if (s.Contenders.Any(contender => contender.Sigma is not null || contender.Lambda > 0) && training.Norm != TrainedNorm.Bias)
        {
            violations.Add("training", SettingText.Of(training.Norm), "must have norm bias for contenders with sigma or lambda above 0: batch norm mixes the frames of a batch, so nothing bounds what one of them does, and its statistics tell h which side it sees", "Write \"norm\": \"bias\"");
        }

        ViolationList.ThrowIfAny(violations);
    }

    private static void CheckContenderWith(PrivacySettings s, TrainerConfiguration training, int i, ViolationList violations)
    {
        PrivacyContender contender = s.Contenders[i];
        if (contender.Epochs > training.Dense.Epochs)
        {
            violations.Add($"contenders[{i}].epochs", $"{contender.Epochs}", $"must not be more than the dense network's {training.Dense.Epochs}: early stopping trains shorter", "Ask for fewer epochs");
        }

        if (contender.Dropout is not null && training.Layers.Any(layer => layer.Output == OutputKind.Values))
        {
            violations.Add($"contenders[{i}].dropout", SettingText.Of(contender.Dropout), $"needs a network without layers of values, {s.Training} has some: their bits are made before anything is dropped", "Take another network or leave the contender out");
        }

        if (contender.IsPruned)
        {
            PruningSettings pruning = s.Pruning(contender);
            var plan = new PruningPlan(pruning, DataSplits.Shape(training), training.LeastChannels);
            if (plan.Sets.Count == 0 || plan.HighestRate < pruning.Rate)
            {
                violations.Add(contender.Rate is null ? "rate" : $"contenders[{i}].rate", SettingText.Of(pruning.Rate), plan.Reach, "Ask for a lower rate or another structure");
            }
        }
    }

    private void CheckContender(PrivacyContender c, string place)
    {
        rules.FolderName($"{place}.label", c.Label);
        rules.Check(c.Defence.Length > 0, $"{place}.defence", c.Defence, "must name the curve it belongs to", "For example early stopping");
        rules.Check(c.Knobs <= 1, place, c.Label, "must have one of epochs, lambda, sigma, scratch, weightDecay, labelSmoothing and dropout", "Split it into two");
        rules.Check(c.WeightDecay is null or (> 0 and <= 10), $"{place}.weightDecay", c.WeightDecay, "must lie in (0, 10]", "0.0001 to 0.01 is usual");
        rules.Check(c.LabelSmoothing is null or (> 0 and < 1), $"{place}.labelSmoothing", c.LabelSmoothing, "must lie in (0, 1)", "0.1 is usual");
        rules.Check(c.Dropout is null or (> 0 and < 1), $"{place}.dropout", c.Dropout, "must lie in (0, 1)", "0.5 is usual");
        rules.Check(c.Sigma is null || s.Dp is not null, $"{place}.sigma", c.Sigma, "needs dp: clip, batch, epochs and delta of its steps", "Add dp", "dp");
        rules.Check(c.Sigma is null or (>= 0.01 and <= 1000), $"{place}.sigma", c.Sigma, "must lie in [0.01, 1000]: without noise nothing is private", "1.1 is usual");
        rules.Check(c.Epochs is null or (>= 1 and <= 100_000), $"{place}.epochs", c.Epochs, "must lie in 1..100000", "Give whole epochs");
        rules.Check(c.Lambda is null or (>= 0 and <= 1000), $"{place}.lambda", c.Lambda, "must lie in [0, 1000]", "0.1 to 10; 0 = pruning only");
        rules.Check(c.Rate is null || c.IsPruned, $"{place}.rate", c.Rate, "needs lambda or scratch: nothing else is pruned", "Leave it out");
        rules.Check(c.Rate is null or (>= 1 and <= 10_000), $"{place}.rate", c.Rate, "must lie in 1..10000", "20 is the paper's rate");
    }

    private void CheckReferences(ReferenceSettings? references)
    {
        rules.Check(references is null or { Lira: 0 or (>= 4 and <= 256) } && (references?.Lira ?? 0) % 2 == 0, "references.lira", references?.Lira, "must be 0 or an even number in 4..256: each frame needs two models that learned it and two that did not", "16 is the protocol's");
        rules.Check(references is null or { Shadow: >= 0 and <= 256 }, "references.shadow", references?.Shadow, "must lie in 0..256", "2 to 8");
    }

    private void CheckDp(DpSettings? dp)
    {
        rules.Check(dp is null or { Clip: > 0 and <= 1e6 }, "dp.clip", dp?.Clip, "must lie in (0, 1e6]", "1 is usual");
        rules.Check(dp is null || (dp.Batch >= 1 && dp.Batch <= s.Members), "dp.batch", dp?.Batch, $"must lie in 1..members = {s.Members}", "256 is usual", "members");
        rules.Check(dp is null or { Epochs: >= 1 and <= 100_000 }, "dp.epochs", dp?.Epochs, "must lie in 1..100000", "Give whole epochs");
        rules.Check(dp is null or { LearningRate: > 0 and <= 100 }, "dp.learningRate", dp?.LearningRate, "must lie in (0, 100]", "0.1 to 1 is usual");
        rules.Check(dp is null or { Delta: > 0 and < 1 }, "dp.delta", dp?.Delta, "must lie in (0, 1)", "1e-5, less than one over the members");
    }

    private void CheckGame(GameSettings game)
    {
        rules.Check(game.AttackSteps is >= 1 and <= 7, "game.attackSteps", game.AttackSteps, "must lie in 1..7", "1 is usual");
        rules.Check(game.WarmUpEpochs is >= 0 and <= 1000, "game.warmUpEpochs", game.WarmUpEpochs, "must lie in 0..1000", "4 is usual");
        rules.Check(game.LearningRate is > 0 and <= 1, "game.learningRate", game.LearningRate, "must lie in (0, 1]", "0.001 is usual for adam");
    }

    private void CheckPhase(PhaseSettings phase, string place)
    {
        rules.Check(phase.Epochs is >= 1 and <= 100_000, $"{place}.epochs", phase.Epochs, "must lie in 1..100000", "Give whole epochs");
        rules.Check(phase.Images is null, $"{place}.images", phase.Images, "must be null: an epoch is every member once", "Write null");
        rules.Check(phase.LearningRate is > 0 and <= 1, $"{place}.learningRate", phase.LearningRate, "must lie in (0, 1]", "0.01 is usual for sgd, 0.001 for adam");
    }
}
