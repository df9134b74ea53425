using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Says how far an exported network is from its float network on validation, and refuses too many saturations.</summary>
/// <param name="configuration">Data and threads.</param>
/// <param name="saturation">Largest share of the values of a layer that may saturate.</param>
/// <param name="stop">Gives the generation of frames up.</param>
/// <param name="folder">Run that logs a use of the test set; null counts saturations on validation.</param>
/// <param name="output">Where the figures are printed.</param>
internal sealed class ExportValidation(TrainerConfiguration configuration, double saturation, CancellationToken stop, RunFolder? folder, TextWriter output)
{
    /// <summary>Prints the figures and returns them, with the data they stand on, as provenance.</summary>
    public IReadOnlyDictionary<string, string> Run(ComplexNet<float> net, Network network, WorkSplit work)
    {
        FrameStore frames = Frames(DataSplit.Validation);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        using var integers = new IntegerNet(network, net.Batch);
        EvaluationResult real = FloatEvaluation.Run(net, frames, input, work);
        EvaluationResult whole = integers.Evaluate(frames, input, work);
        string changed = $"{whole.DecisionsChanged(real)} of {frames.Count}";
        UnroundedEvaluation? unrounded = UnroundedEvaluation.Run(net, whole, frames, input, work);
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, frames.Count, input, work);
        long different = bits.Sum(b => b.Different), total = bits.Sum(b => b.Total);
        foreach (BitDifference layer in bits)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer.Layer}: {layer.Different} of {layer.Total} bits differ from the float network"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation accuracy: float {real.Accuracy:P2}, integer {whole.Accuracy:P2}, decisions changed {changed}{unrounded?.Describe()}"));
        string saturated = Saturations(network, integers, input, work);
        string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(SampleRate())
        {
            ["dataSet"] = configuration.Data.Set,
            [configuration.Data.IsImages ? "augmentation" : "channel"] = configuration.Data.Channel ?? configuration.Data.Augmentation ?? "none",
            ["dataSeed"] = $"{configuration.Data.Seed}",
            ["validationAccuracyFloat"] = Percent(real.Accuracy),
            ["validationAccuracyInteger"] = Percent(whole.Accuracy),
            ["validationBitsDifferentFromFloat"] = $"{different} of {total}",
            ["validationDecisionsChangedByIntegers"] = changed + unrounded?.Describe(),
            ["saturatedValues"] = saturated,
            ["processor"] = ProcessorFeatures.Describe(),
        };
    }

    /// <summary>Writes the network that was judged and says where, and whether it takes the place of another.</summary>
    public void Write(Network network, string place)
    {
        bool replaces = File.Exists(Path.Combine(place, NetworkFile.JsonName));
        NetworkFile.Write(network, place);
        output.WriteLine($"written: {NetworkFile.JsonName} and {NetworkFile.WeightsName} in {place}{(replaces ? ", in place of the network that was there" : string.Empty)}");
    }

    // What pack tells the rate of a capture from.
    private Dictionary<string, string> SampleRate() =>
        configuration.Data.Rate is { } rate ? new() { [PackCommand.RateKey] = rate.ToString("R", CultureInfo.InvariantCulture) } : [];

    // On the test set, of which no label is read; the use is logged all the same.
    private string Saturations(Network network, IntegerNet integers, FeatureBatch<float> input, WorkSplit work)
    {
        if (integers.Saturations.Count == 0)
        {
            return "no values";
        }

        DataSplit split = folder is not null && configuration.Data.Test > 0 ? DataSplit.Test : DataSplit.Validation;
        FrameStore frames = Frames(split);
        _ = integers.Evaluate(frames, input, work);
        foreach (SaturationCount layer in integers.Saturations)
        {
            output.WriteLine($"{layer.Layer}: {layer.Norm} values of the norm and {layer.Residual} of the residual add saturate, of {layer.Total}");
        }

        if (split == DataSplit.Test)
        {
            PhaseTable.Append(folder!.TestUses,
            [
                ("phase", "export"), ("reason", "saturations, no label read"), ("frames", $"{frames.Count}"), ("floatAccuracy", string.Empty),
                ("integerAccuracy", string.Empty), ("bitsDifferent", string.Empty), ("decisionsChanged", string.Empty), ("changedFromUnroundedNorms", string.Empty), ("changedFromNoGrid", string.Empty),
            ]);
        }

        SaturationCount.Check(network, integers.Saturations, saturation);
        return $"{integers.Saturations.Sum(layer => layer.Norm + layer.Residual)} of {integers.Saturations.Sum(layer => layer.Total)}, {(split == DataSplit.Test ? "test" : "validation")} set";
    }

    private FrameStore Frames(DataSplit split) => new(DataSplits.Source(configuration.Data, split), configuration.Threads, stop);
}
