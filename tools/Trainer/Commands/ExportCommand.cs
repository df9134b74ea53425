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
        var command = new Command("export", "Writes network.json and weights.safetensors.") { phase, output };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            RunFolder folder = common.Existing(parsed, refusals);
            refusals.Throw();
            Export(read!, folder, parsed.GetRequiredValue(phase), parsed.GetRequiredValue(output), stop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Export(TrainerConfiguration configuration, RunFolder folder, string phase, string output, CancellationToken stop)
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
        double real = FloatEvaluation.Run(net, frames, input, work).Accuracy;
        double whole = integers.Evaluate(frames, input, work).Accuracy;
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, frames.Count, input, work);
        long different = bits.Sum(b => b.Different), total = bits.Sum(b => b.Total);
        foreach (BitDifference layer in bits)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{layer.Layer}: {layer.Different} of {layer.Total} bits differ from the float network"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation accuracy: float {real:P2}, integer {whole:P2}"));
        string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);
        NetworkFile.Write(
            network with
            {
                Provenance = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["command"] = $"bcnntrain train --config training.json --run RUN; bcnntrain export --config training.json --run RUN --phase {phase}",
                    ["dataSet"] = configuration.Data.Set,
                    ["channel"] = configuration.Data.Channel,
                    ["dataSeed"] = $"{configuration.Data.Seed}",
                    ["seed"] = $"{configuration.Seed}",
                    ["method"] = phase == "retrain" ? $"filter pruning by {configuration.Pruning!.Method}, compacted, retrained" : phase,
                    ["bestEpoch"] = $"{state.BestEpoch}",
                    ["validationAccuracyFloat"] = Percent(real),
                    ["validationAccuracyInteger"] = Percent(whole),
                    ["validationBitsDifferentFromFloat"] = $"{different} of {total}",
                    ["processor"] = ProcessorFeatures.Describe(),
                },
            },
            output);
    }
}
