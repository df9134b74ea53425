using System.CommandLine;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Import;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>bcnntrain import-weights: a network trained elsewhere, from float32 tensors to the integers of the machine, judged as export judges.</summary>
internal static class ImportWeightsCommand
{
    public static Command Build(CancellationToken stop)
    {
        var common = new CommonOptions();
        var export = new ExportOptions();
        var weights = new Option<string>("--weights") { Description = "safetensors file of the layout above.", Required = true };
        var calibrate = new Option<bool>("--calibrate") { Description = "Re-estimate means and variances on the training frames, as export does; those of the file are then not used." };
        var command = new Command("import-weights", ImportLayout.Help) { common.Configuration, weights };
        export.AddTo(command);
        command.Add(calibrate);
        command.Add(common.Threads);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            (string output, double saturation) = export.Read(parsed, read, refusals);
            string file = parsed.GetRequiredValue(weights);
            using ComplexNet<float>? net = read is null ? null : new(DataSplits.Shape(read), read.Batch) { Grid = read.Grid };
            string? hash = refusals.Try(() => net is null ? WeightFile.Read(file).Sha256 : ImportFile.Read(file, net));
            refusals.Throw();
            OutputPlace.CheckFolder("--output", output);
            var work = new WorkSplit(read!.Threads);
            Network network = Fold(read, net!, parsed.GetValue(calibrate), work);
            var validation = new ExportValidation(read, saturation, stop, null, parsed.InvocationConfiguration.Output);
            var provenance = new SortedDictionary<string, string>(validation.Run(net!, network, work).ToDictionary(), StringComparer.Ordinal)
            {
                ["command"] = $"bcnntrain import-weights --config training.json --weights {Path.GetFileName(file)}{(parsed.GetValue(calibrate) ? " --calibrate" : string.Empty)}",
                ["method"] = "trained elsewhere, imported",
                ["weightsSha256"] = hash!,
            };
            validation.Write(network with { Provenance = provenance }, output);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Network Fold(TrainerConfiguration configuration, ComplexNet<float> net, bool calibrate, WorkSplit work)
    {
        var export = new CalibratedExport(configuration);
        if (calibrate)
        {
            export.Calibrate(net, work);
            net.Head.BypassNorm();
        }

        export.Measure(net, work);
        return export.Export(net, net.Shape.ComplexWeights);
    }
}
