using System.CommandLine;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
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
        var export = new ExportOptions();
        var phase = new Option<string>("--phase") { Description = "dense, retrain or scratch.", DefaultValueFactory = _ => "retrain" };
        phase.AcceptOnlyFromAmong("dense", "retrain", "scratch");
        var command = new Command("export", "Writes network.json and weights.safetensors.") { phase };
        export.AddTo(command);
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            RunFolder folder = common.Existing(parsed, refusals);
            refusals.Try(() => PhaseTable.Read(folder.TestUses));
            (string output, double saturation) = export.Read(parsed, read, refusals);
            refusals.Throw();
            using var held = new RunLock(folder.Root); // a use of the test set is logged in it
            Export(read!, folder, parsed.GetRequiredValue(phase), output, new ExportValidation(read!, saturation, stop, folder, parsed.InvocationConfiguration.Output));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Writes the network of a phase that has been trained.</summary>
    public static void Export(TrainerConfiguration configuration, RunFolder folder, string phase, string output, ExportValidation validation)
    {
        var trained = new TrainedNetworks(configuration, folder);
        var work = new WorkSplit(configuration.Threads);
        (ComplexNet<float> net, PhaseState state) = trained.Load(phase, work);
        using ComplexNet<float> owned = net;
        OutputPlace.CheckFolder("--output", output);
        Network network = trained.Export(net);
        var provenance = new SortedDictionary<string, string>(validation.Run(net, network, work).ToDictionary(), StringComparer.Ordinal)
        {
            ["command"] = $"bcnntrain train --config training.json --run RUN; bcnntrain export --config training.json --run RUN --phase {phase}",
            ["seed"] = $"{configuration.Seed}",
            ["method"] = phase == "retrain" ? Retrained(configuration.Pruning!) : phase,
            ["bestEpoch"] = $"{state.BestEpoch}",
            ["converged"] = Converged(state, trained.EpochsDone(phase), configuration.PhaseOf(phase)!.Epochs),
        };
        validation.Write(network with { Provenance = provenance }, output);
    }

    private static string Converged(PhaseState state, int done, int epochs) => done < epochs
        ? $"no, stopped after {done} of {epochs} epochs"
        : state.Converged(epochs) ? "yes" : "no, validation still improved in the last fifth of the epochs";

    private static string Retrained(PruningSettings pruning) =>
        $"{pruning.Form().Name} pruning by {pruning.Method}, {(pruning.Form().LeavesShapes ? "compacted" : "masked")}, retrained";
}
