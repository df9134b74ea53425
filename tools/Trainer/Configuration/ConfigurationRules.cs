using System.Numerics;
using BcnnSim.Networks;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Ranges of a configuration; every broken rule goes to the list, places already refused are not judged again.</summary>
internal sealed class ConfigurationRules(TrainerConfiguration c, ViolationList violations, IReadOnlySet<string> refused)
{
    private const int MostChannels = 4096;
    private const int MostFrames = 10_000_000;

    // Places with a broken rule: what is computed from them is not judged a second time.
    private readonly HashSet<string> broken = new(refused, StringComparer.Ordinal);

    public void Check()
    {
        Rule(IsFolderName(c.Name), "name", c.Name, "must be a plain folder name", "Use letters, digits and -");
        Rule(c.Threads is >= 1 and <= 256, "threads", c.Threads, "must lie in 1..256", "Give the number of cores");
        Rule(c.Batch is >= 2 and <= 4096, "batch", c.Batch, "must lie in 2..4096", "128 is usual");
        Rule(c.CalibrationFrames >= c.Batch && c.CalibrationFrames <= c.Data.Train, "calibrationFrames", c.CalibrationFrames, $"must be at least one batch and at most data.train = {c.Data.Train}", "2048 is usual", "batch", "data.train");
        CheckData(c.Data);
        Rule(c.Layers.Count is >= 1 and <= 64, "layers", c.Layers.Count, "must be 1..64 layers", "Add or remove layers");
        for (int i = 0; i < c.Layers.Count; i++)
        {
            CheckLayer(c.Layers[i], $"layers[{i}]", c.LeastChannels, Rule);
        }

        ArithmeticRules.Check(c, Rule);
        LayerGraph.Check(c, Rule);
        bool values = c.Layers.Any(layer => layer.Output == OutputKind.Values);
        Rule(c.ValueFractionBits is null or (>= 0 and <= 15), "valueFractionBits", c.ValueFractionBits, "must be null or lie in 0..15", "11 leaves +-16 in 16 bits");
        Rule(c.ValueFractionBits is null || values, "valueFractionBits", c.ValueFractionBits, "needs a layer with output values", "Write null: bits have no fraction", "layers");
        Rule(c.ValueFractionBits is null || c.IsReal || c.Pruning is not null, "valueFractionBits", c.ValueFractionBits, "needs pruning: only the pruned network and its twin are trained on that grid", "Write null", "pruning");
        CheckPhase(c.Dense, "dense", Rule);
        CheckPhase(c.Retrain, "retrain", Rule);
        CheckPhase(c.Scratch, "scratch", Rule);
        CheckPruning(Rule);
        new GeometryCheck(c, IsBroken).Check(Rule);
    }

    private static bool IsFolderName(string name) =>
        name.Length > 0 && name.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_' or '.') && name[0] != '.';

    private static void CheckLayer(LayerSettings layer, string place, int least, RuleCheck rule)
    {
        rule(layer.Channels >= least && layer.Channels <= MostChannels, place + ".channels", layer.Channels, $"must lie in {least}..{MostChannels}", "One vector of channels is the least that complex layers handle", "arithmetic");
        CheckPair(layer.Kernel, place + ".kernel", 1, "3 or 5 is usual", rule);
        CheckPair(layer.Stride, place + ".stride", 1, "1 or 2 is usual", rule);
        CheckPair(layer.Padding, place + ".padding", 0, "Half the kernel keeps the map", rule);
        for (int i = 0; i < 2 && layer.Kernel.Count == 2 && layer.Padding.Count == 2; i++)
        {
            rule(layer.Padding[i] < layer.Kernel[i], $"{place}.padding[{i}]", layer.Padding[i], $"must be less than the kernel = {layer.Kernel[i]}", "Half the kernel keeps the map", $"{place}.kernel[{i}]");
        }

        rule(layer.SumPool is >= 1 and <= 64, place + ".sumPool", layer.SumPool, "must lie in 1..64", "1 is no pooling");
    }

    private static void CheckPair(IReadOnlyList<int> pair, string place, int least, string remedy, RuleCheck rule)
    {
        rule(pair.Count == 2, place, $"{pair.Count} numbers", "must be two numbers [vertical, horizontal]", "Give both axes");
        for (int i = 0; i < Math.Min(2, pair.Count); i++)
        {
            rule(pair[i] >= least && pair[i] <= 64, $"{place}[{i}]", pair[i], $"must lie in {least}..64", remedy);
        }
    }

    private void CheckPhase(PhaseSettings? phase, string place, RuleCheck rule)
    {
        if (phase is not null)
        {
            rule(phase.Epochs is >= 0 and <= 100_000, place + ".epochs", phase.Epochs, "must lie in 0..100000", "Give whole epochs");
            rule(phase.Images is null || (phase.Images >= c.Batch && phase.Images <= c.Data.Train), place + ".images", phase.Images, $"must be null or lie in batch = {c.Batch} .. data.train = {c.Data.Train}", "null = every training frame once per epoch", "batch", "data.train");
            rule(phase.LearningRate is > 0 and <= 1, place + ".learningRate", phase.LearningRate, "must lie in (0, 1]", "0.03 to 0.12 in runs of a few epochs, 0.005 in those of hundreds");
        }
    }

    private void CheckData(DataSettings data)
    {
        Rule(data.InputBits is >= 1 and <= 8, "data.inputBits", data.InputBits, "must lie in 1..8", "8 is usual");
        Rule(data.Train >= c.Batch && data.Train <= MostFrames, "data.train", data.Train, $"must be at least one batch = {c.Batch} and at most {MostFrames}", "Ask for another number of frames", "batch");
        Rule(data.Validation is >= 1 and <= MostFrames, "data.validation", data.Validation, $"must lie in 1..{MostFrames}", "Ask for another number of frames");
        Rule(data.Test is >= 0 and <= MostFrames, "data.test", data.Test, $"must lie in 0..{MostFrames}", "Ask for another number of frames");
        DataRules.Check(data, Rule);
    }

    private void CheckPruning(RuleCheck rule)
    {
        if (c.Pruning is not { } p)
        {
            rule(c.Retrain is null && c.Scratch is null, "pruning", null, "must be given where retrain or scratch is", "Add pruning or set both to null");
            return;
        }

        PruningRules.Check(p, rule);
        rule(p.Binarization is not { } route || PruningRules.RouteFits(route, c), "pruning.binarization", p.Binarization, PruningRules.RoutesByWeights, "Leave it out: signs for binary weights, none for others", "arithmetic", "weightBits");
        rule(PruningRules.GatesFit(p.Structure, p.Binarization, c), "pruning.binarization", "gated", "must be after or signs for filters and channels of a network with values: an add carries a channel around its gated bits", "Take after, or another structure", "pruning.structure", "layers");
        CheckPhase(p.Phase, "pruning.phase", rule);
        CheckLayerRates(p, rule);
        if (p.Kept is { } kept)
        {
            rule(kept.Count == c.Layers.Count, "pruning.kept", $"{kept.Count} counts", $"must name one count for each of the {c.Layers.Count} layers", "Give one number per layer", "layers");
            for (int i = 0; i < Math.Min(kept.Count, c.Layers.Count); i++)
            {
                CheckTied(kept, "kept", i, rule);
                int channels = c.Layers[i].Channels;
                rule(kept[i] >= c.LeastChannels && kept[i] <= channels, $"pruning.kept[{i}]", kept[i], $"must lie in {c.LeastChannels}..{channels}", "Keep fewer than the layer has", $"layers[{i}].channels");
                rule(kept[i] == channels || p.OutputLanes is null or < 1 || kept[i] % p.OutputLanes == 0, $"pruning.kept[{i}]", kept[i], $"must be a multiple of pruning.outputLanes = {p.OutputLanes}, or all {channels} channels", "No lane may idle in the last group: round to a multiple", $"layers[{i}].channels", "pruning.outputLanes");
            }
        }
    }

    private void CheckLayerRates(PruningSettings p, RuleCheck rule)
    {
        IReadOnlyList<double?> rates = p.LayerRates ?? [];
        rule(p.LayerRates is null || rates.Count == c.Layers.Count, "pruning.layerRates", $"{rates.Count} rates", $"must name one rate, or null, for each of the {c.Layers.Count} layers", "Give one per layer", "layers");
        for (int i = 0; i < Math.Min(rates.Count, c.Layers.Count); i++)
        {
            rule(rates[i] is null or (>= 1 and <= 10_000), $"pruning.layerRates[{i}]", rates[i], "must be null or lie in 1..10000", "null keeps all of the layer");
            CheckTied(rates, "layerRates", i, rule);
        }
    }

    private void CheckTied<T>(IReadOnlyList<T> values, string key, int i, RuleCheck rule)
    {
        int? tied = TiedTo(i);
        rule(tied is null || tied >= values.Count || Equals(values[i], values[tied.Value]), $"pruning.{key}[{i}]", values[i], $"must equal {key}[{tied}]: the values of both layers are added together", "Give all layers of a stage the same number", $"layers[{i}].residual");
    }

    // The layer whose values are added; ties of whole stages follow from these pairs.
    private int? TiedTo(int layer)
    {
        for (int i = 0; i < layer; i++)
        {
            if (c.Layers[layer].Residual == $"conv{i + 1}")
            {
                return i;
            }
        }

        return null;
    }

    private void Rule(bool good, string place, object? value, string rule, string remedy, params string[] uses)
    {
        if (good || Refused(place) || uses.Any(Refused))
        {
            return;
        }

        broken.Add(place);
        violations.Add(place, SettingText.Of(value), rule, remedy);
    }

    // Itself or something it lies in was replaced by a harmless value.
    private bool Refused(string place) => refused.Any(part => part.Length == 0 || place == part || (place.StartsWith(part, StringComparison.Ordinal) && place[part.Length] is '.' or '['));

    // Anything at or below the place, or above it, breaks a rule.
    private bool IsBroken(string place) => Refused(place) || broken.Any(part => part == place || (part.StartsWith(place, StringComparison.Ordinal) && part[place.Length] is '.' or '['));
}
