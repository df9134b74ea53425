using System.CommandLine;
using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain export: folds a phase's best epoch to integers, says how far it is from the float network on validation.</summary>
internal static class ExportCommand
{
    public static Command Build(CancellationToken stop)
    {
        var common = new CommonOptions();
        var phase = new Option<string>("--phase") { Description = "dense, retrain or scratch.", DefaultValueFactory = _ => "retrain" };
        phase.AcceptOnlyFromAmong("dense", "retrain", "scratch");
        var output = new Option<string>("--output") { Description = "Folder of the network; its last part is the network's name.", Required = true };
        var saturation = new Option<double>("--saturation") { Description = "Largest share of the values of a layer that may saturate.", DefaultValueFactory = _ => SaturationCount.UsualLimit };
        var command = new Command("export", "Writes network.json and weights.safetensors.") { phase, output, saturation };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            RunFolder folder = common.Existing(parsed, refusals);
            double limit = 0;
            refusals.Try(() => { limit = Share(parsed.GetValue(saturation)); });
            string place = parsed.GetRequiredValue(output);
            if (read is not null)
            {
                refusals.Try(() => OutputPlace.CheckName("--output", place, read.Name));
            }

            refusals.Throw();
            Export(read!, folder, parsed.GetRequiredValue(phase), place, limit, stop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static double Share(double value) => value is >= 0 and <= 1
        ? value
        : throw new InputException("command line", "--saturation", $"{value}", "must lie in 0..1", "0.0001 is usual");

    private static void Export(TrainerConfiguration configuration, RunFolder folder, string phase, string output, double saturation, CancellationToken stop)
    {
        var trained = new TrainedNetworks(configuration, folder);
        var work = new WorkSplit(configuration.Threads);
        OutputPlace.CheckFolder("--output", output);
        (ComplexNet<float> net, PhaseState state) = trained.Load(phase, work);
        using ComplexNet<float> owned = net;
        var frames = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Validation), configuration.Threads, stop);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        Network network = trained.Export(net, new Dictionary<string, string>());
        using var integers = new IntegerNet(network, net.Batch);
        EvaluationResult real = FloatEvaluation.Run(net, frames, input, work);
        EvaluationResult whole = integers.Evaluate(frames, input, work);
        string changed = $"{whole.DecisionsChanged(real)} of {frames.Count}";
        UnroundedEvaluation? unrounded = UnroundedEvaluation.Run(net, whole, frames, input, work);
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, frames.Count, input, work);
        long different = bits.Sum(b => b.Different), total = bits.Sum(b => b.Total);
        foreach (BitDifference layer in bits)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer.Layer}: {layer.Different} of {layer.Total} bits differ from the float network"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation accuracy: float {real.Accuracy:P2}, integer {whole.Accuracy:P2}, decisions changed {changed}{unrounded?.Describe()}"));
        string saturated = Saturations(configuration, folder, network, integers, input, work, saturation, stop);
        string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
        NetworkFile.Write(
            network with
            {
                Provenance = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["command"] = $"bcnntrain train --config training.json --run RUN; bcnntrain export --config training.json --run RUN --phase {phase}",
                    ["dataSet"] = configuration.Data.Set,
                    [configuration.Data.IsImages ? "augmentation" : "channel"] = configuration.Data.Channel ?? configuration.Data.Augmentation ?? "none",
                    ["dataSeed"] = $"{configuration.Data.Seed}",
                    ["seed"] = $"{configuration.Seed}",
                    ["method"] = phase == "retrain" ? $"filter pruning by {configuration.Pruning!.Method}, compacted, retrained" : phase,
                    ["bestEpoch"] = $"{state.BestEpoch}",
                    ["validationAccuracyFloat"] = Percent(real.Accuracy),
                    ["validationAccuracyInteger"] = Percent(whole.Accuracy),
                    ["validationBitsDifferentFromFloat"] = $"{different} of {total}",
                    ["validationDecisionsChangedByIntegers"] = changed + unrounded?.Describe(),
                    ["saturatedValues"] = saturated,
                    ["processor"] = ProcessorFeatures.Describe(),
                },
            },
            output);
    }

    // On the test set, of which no label is read; the use is logged all the same.
    private static string Saturations(
        TrainerConfiguration configuration, RunFolder folder, Network network, IntegerNet integers, FeatureBatch<float> input, WorkSplit work, double limit, CancellationToken stop)
    {
        if (integers.Saturations.Count == 0)
        {
            return "no values";
        }

        DataSplit split = configuration.Data.Test > 0 ? DataSplit.Test : DataSplit.Validation;
        var frames = new FrameStore(DataSplits.Source(configuration.Data, split), configuration.Threads, stop);
        _ = integers.Evaluate(frames, input, work);
        foreach (SaturationCount layer in integers.Saturations)
        {
            Console.WriteLine($"{layer.Layer}: {layer.Norm} values of the norm and {layer.Residual} of the residual add saturate, of {layer.Total}");
        }

        if (split == DataSplit.Test)
        {
            PhaseTable.Append(folder.TestUses,
            [
                ("phase", "export"), ("reason", "saturations, no label read"), ("frames", $"{frames.Count}"), ("floatAccuracy", string.Empty),
                ("integerAccuracy", string.Empty), ("bitsDifferent", string.Empty), ("decisionsChanged", string.Empty), ("changedFromUnroundedNorms", string.Empty), ("changedFromNoGrid", string.Empty),
            ]);
        }

        SaturationCount.Check(network, integers.Saturations, limit);
        return $"{integers.Saturations.Sum(layer => layer.Norm + layer.Residual)} of {integers.Saturations.Sum(layer => layer.Total)}, {(split == DataSplit.Test ? "test" : "validation")} set";
    }
}
