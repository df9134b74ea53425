using System.Globalization;
using System.Numerics;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Ranges of a configuration; collects every violation before it throws.</summary>
internal static class ConfigurationRules
{
    private const int MostChannels = 4096;

    public static void Check(string path, TrainerConfiguration c)
    {
        var found = new List<Violation>();
        void Rule(bool good, string place, object? value, string rule, string remedy)
        {
            if (!good)
            {
                found.Add(new Violation(path, place, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null", rule, remedy));
            }
        }

        Rule(c.Name.Length > 0 && c.Name.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_' or '.') && c.Name[0] != '.', "name", c.Name, "must be a plain folder name", "Use letters, digits and -");
        Rule(c.Threads is >= 1 and <= 256, "threads", c.Threads, "must lie in 1..256", "Give the number of cores");
        Rule(c.Batch is >= 2 and <= 4096, "batch", c.Batch, "must lie in 2..4096", "128 is usual");
        Rule(c.CalibrationFrames >= c.Batch && c.CalibrationFrames <= c.Data.Train, "calibrationFrames", c.CalibrationFrames, $"must be at least one batch and at most data.train = {c.Data.Train}", "2048 is usual");
        Rule(c.Data.InputBits is >= 1 and <= 8, "data.inputBits", c.Data.InputBits, "must lie in 1..8", "8 is usual");
        Rule(c.Data.Train >= c.Batch, "data.train", c.Data.Train, "must be at least one batch", "Ask for more frames");
        Rule(c.Data.Validation >= 1, "data.validation", c.Data.Validation, "must be at least 1", "Ask for more frames");
        Rule(c.Data.Test >= 0, "data.test", c.Data.Test, "must not be negative", "Ask for more frames");
        Rule(c.Layers.Count is >= 1 and <= 64, "layers", c.Layers.Count, "must be 1..64 layers", "Add or remove layers");
        for (int i = 0; i < c.Layers.Count; i++)
        {
            CheckLayer(c.Layers[i], $"layers[{i}]", Rule);
        }

        DataRules.Check(c.Data, Rule);
        LayerGraph.Check(c, Rule);
        CheckPhase(c, c.Dense, "dense", Rule);
        CheckPhase(c, c.Retrain, "retrain", Rule);
        CheckPhase(c, c.Scratch, "scratch", Rule);
        CheckPruning(c, Rule);
        if (found.Count > 0)
        {
            throw new InputException(found);
        }
    }

    private static void CheckLayer(LayerSettings layer, string place, Action<bool, string, object?, string, string> rule)
    {
        rule(layer.Channels >= Vector<float>.Count && layer.Channels <= MostChannels, place + ".channels", layer.Channels, $"must lie in {Vector<float>.Count}..{MostChannels}", "One vector of channels is the least the trainer handles");
        bool pairs = layer.Kernel.Count == 2 && layer.Stride.Count == 2 && layer.Padding.Count == 2;
        rule(pairs, place, "pair of another length", "kernel, stride and padding must be [vertical, horizontal]", "Give two numbers");
        for (int i = 0; pairs && i < 2; i++)
        {
            rule(layer.Kernel[i] is >= 1 and <= 64, $"{place}.kernel[{i}]", layer.Kernel[i], "must lie in 1..64", "3 or 5 is usual");
            rule(layer.Stride[i] is >= 1 and <= 64, $"{place}.stride[{i}]", layer.Stride[i], "must lie in 1..64", "1 or 2 is usual");
            rule(layer.Padding[i] >= 0 && layer.Padding[i] < layer.Kernel[i], $"{place}.padding[{i}]", layer.Padding[i], "must be 0 or more and less than the kernel", "Half the kernel keeps the map");
        }

        rule(layer.SumPool is >= 1 and <= 64, place + ".sumPool", layer.SumPool, "must lie in 1..64", "1 is no pooling");
    }

    private static void CheckPhase(TrainerConfiguration c, Training.PhaseSettings? phase, string place, Action<bool, string, object?, string, string> rule)
    {
        if (phase is not null)
        {
            rule(phase.Epochs is >= 0 and <= 100_000, place + ".epochs", phase.Epochs, "must lie in 0..100000", "Give whole epochs");
            rule(phase.Images is null || (phase.Images >= c.Batch && phase.Images <= c.Data.Train), place + ".images", phase.Images, $"must be null or lie in batch = {c.Batch} .. data.train = {c.Data.Train}", "null = every training frame once per epoch");
            rule(phase.LearningRate is > 0 and <= 1, place + ".learningRate", phase.LearningRate, "must lie in (0, 1]", "0.005 is usual");
        }
    }

    private static void CheckPruning(TrainerConfiguration c, Action<bool, string, object?, string, string> rule)
    {
        if (c.Pruning is not { } p)
        {
            rule(c.Retrain is null && c.Scratch is null, "pruning", null, "must be given where retrain or scratch is", "Add pruning or set both to null");
            return;
        }

        rule(p.Method == "magnitude", "pruning.method", p.Method, "must be magnitude", "Other methods are not built yet");
        rule(p.Rate is >= 1 and <= 10_000, "pruning.rate", p.Rate, "must lie in 1..10000", "20 is the paper's rate");
        rule(p.OutputLanes is >= 1 and <= 1024, "pruning.outputLanes", p.OutputLanes, "must lie in 1..1024", "Give Po of the design");
        if (p.Kept is { } kept)
        {
            rule(kept.Count == c.Layers.Count, "pruning.kept", kept.Count, "must name one count per layer", "Give one number per layer");
            for (int i = 0; i < Math.Min(kept.Count, c.Layers.Count); i++)
            {
                int? tied = TiedTo(c, i);
                rule(tied is null || tied >= kept.Count || kept[i] == kept[tied.Value], $"pruning.kept[{i}]", kept[i], $"must equal kept[{tied}]: the values of both layers are added together", "Give all layers of a stage the same count");
                rule(kept[i] >= Vector<float>.Count && kept[i] <= c.Layers[i].Channels, $"pruning.kept[{i}]", kept[i], $"must lie in {Vector<float>.Count}..{c.Layers[i].Channels}", "Keep fewer than the layer has");
            }
        }
    }

    // The layer whose values are added; ties of whole stages follow from these pairs.
    private static int? TiedTo(TrainerConfiguration c, int layer)
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
}
