using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>Ranges of a comparison; places already refused are not judged again.</summary>
internal sealed class ComparisonRules(ComparisonSettings c, ViolationList violations, IReadOnlySet<string> refused)
{
    private readonly RuleList rules = new(violations, refused);

    public void Check()
    {
        rules.Check(c.Training.Length > 0, "training", c.Training, "must be the path of a training configuration", "Give it relative to this file");
        CheckPhase(c.Prune, "prune");
        CheckPhase(c.Retrain, "retrain");
        CheckBlock();
        rules.Check(c.Allocation is AllocationKind.Uniform or AllocationKind.Norm, "allocation", c.Allocation, "must be uniform or norm", "Lane groups and rates of single layers are for one network: bcnntrain train");
        rules.Entries(c.Contenders.Select(contender => contender.Label.ToLowerInvariant()), "contenders"); // as their folders
        rules.Entries(c.Structures, "structures");
        rules.Entries(c.Rates, "rates");
        rules.Entries(c.Seeds, "seeds");
        for (int i = 0; i < c.Rates.Count; i++)
        {
            rules.Check(c.Rates[i] is >= 1 and <= 10_000, $"rates[{i}]", c.Rates[i], "must lie in 1..10000", "20 is the paper's rate");
        }

        for (int i = 0; i < c.Contenders.Count; i++)
        {
            CheckContender(c.Contenders[i], $"contenders[{i}]");
        }

        rules.Check(c.Contenders.Any(contender => contender.Label == c.Reference), "reference", c.Reference, "must be the label of a contender", $"Name one of {string.Join(", ", c.Contenders.Select(contender => contender.Label))}", "contenders");
    }

    private void CheckContender(ContenderSettings contender, string place)
    {
        rules.FolderName($"{place}.label", contender.Label);
        rules.Check(contender.Method is null == (contender.Baseline != BaselineKind.None), $"{place}.method", contender.Method is null ? "null" : "given", "must be given for a method and null for a baseline", "Give either method or baseline");
        rules.Check(contender.Epochs is null || contender.StartsAnew, $"{place}.epochs", contender.Epochs, "is of the baselines scratch and width alone: the others share the phases of the comparison", "Leave it out");
        rules.Check(contender.Epochs is null or (>= 1 and <= 100_000), $"{place}.epochs", contender.Epochs, "must lie in 1..100000", "Leave it out for as many images as the others");
        if (contender.Method is { } method)
        {
            MethodRules.Check(method, $"{place}.method", rules.Check);
            CheckTrains(contender, method, place);
        }

        CheckPart(contender.Structures, c.Structures, place, "structures");
        CheckPart(contender.Rates, c.Rates, place, "rates");
        rules.Check(contender.Training is not { Length: 0 }, $"{place}.training", contender.Training, "must be the path of a training configuration", "Give it relative to this file, or leave it out");
    }

    // Nothing would have moved towards the target: its row would be the hard prune of the dense network under the method's name.
    private void CheckTrains(ContenderSettings contender, MethodSettings method, string place)
    {
        string needs = "prune.epochs of at least 1";
        rules.Check(c.Prune.Epochs > 0 || method.Method == MethodRules.Magnitude, $"{place}.method", method.Method, $"needs {needs}: it trains towards its target", "Give prune epochs, or compare magnitude alone", "prune.epochs");
        rules.Check(c.Prune.Epochs > 0 || c.Route(contender) != BinarizationRoute.Gated, $"{place}.binarization", "gated", $"needs {needs}, in which groups fade", "Give prune epochs, or take after", "prune.epochs");
    }

    // A contender that is named but never runs would be missed late.
    private void CheckPart<T>(IReadOnlyList<T>? part, IReadOnlyList<T> all, string place, string key)
    {
        if (part is null)
        {
            return;
        }

        rules.Entries(part, $"{place}.{key}");
        string Named(IEnumerable<T> items) => string.Join(", ", items.Select(item => SettingText.Of(item)));
        rules.Check(part.All(all.Contains), $"{place}.{key}", Named(part), $"must be among the comparison's {key} ({Named(all)})", "Leave it out to take part in all", key);
    }

    private void CheckPhase(PhaseSettings phase, string place)
    {
        rules.Check(phase.Epochs is >= 0 and <= 100_000, $"{place}.epochs", phase.Epochs, "must lie in 0..100000", "Give whole epochs");
        rules.Check(phase.LearningRate is > 0 and <= 1, $"{place}.learningRate", phase.LearningRate, "must lie in (0, 1]", "0.01 is usual for sgd, 0.001 for adam");
    }

    private void CheckBlock()
    {
        bool needed = c.Structures.Contains(PruningStructure.Block);
        rules.Check(!needed || c.Block is not null, "block", null, "must be [Po, Pi] of a design where structures name block", "For example [8, 4], those of u280-reference, or name a design", "structures");
        rules.Check(c.Block is null || (c.Block.Count == 2 && c.Block.All(x => x is >= 1 and <= PruningRules.WidestBlock)), "block", c.Block is null ? "null" : string.Join(",", c.Block), $"must be two numbers in 1..{PruningRules.WidestBlock}", "Give [Po, Pi]");
    }
}
