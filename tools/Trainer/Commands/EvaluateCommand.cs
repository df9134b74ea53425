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

/// <summary>bcnntrain evaluate: float and integer accuracy on the whole test set, by SNR or by class; every use of the test set is logged.</summary>
internal static class EvaluateCommand
{
    public static Command Build(CancellationToken stop)
    {
        var common = new CommonOptions();
        var phase = new Option<string>("--phase") { Description = "dense, retrain or scratch.", DefaultValueFactory = _ => "retrain" };
        phase.AcceptOnlyFromAmong("dense", "retrain", "scratch");
        var reason = new Option<string>("--reason") { Description = "Why the test set is read: the published row.", Required = true };
        var command = new Command("evaluate", "Accuracy on the test set.") { phase, reason };
        common.AddTo(command);
        command.SetAction(parsed =>
        {
            var refusals = new Refusals();
            TrainerConfiguration? read = common.Read(parsed, refusals);
            string why = parsed.GetRequiredValue(reason);
            refusals.Flag(!string.IsNullOrWhiteSpace(why), "--reason", why, "must say why the test set is read", "Name the published row");
            refusals.Flag(read is not { Data.Test: 0 }, "--config", "data.test = 0", "must hold test frames", "Ask for test frames in data.test");
            RunFolder folder = common.Existing(parsed, refusals);
            refusals.Try(() => PhaseTable.Read(folder.TestUses));
            refusals.Throw();
            using var held = new RunLock(folder.Root);
            new TrainedNetworks(read!, folder).RequireFinished(parsed.GetRequiredValue(phase));
            if (read!.Kind != ArithmeticKind.ComplexBinary || (read.BinarizesLate && parsed.GetRequiredValue(phase) == "dense"))
            {
                FloatTest.Run(read, folder, parsed.GetRequiredValue(phase), why, parsed.InvocationConfiguration.Output, stop);
                return ExitCodes.Done;
            }

            Evaluate(read, folder, parsed.GetRequiredValue(phase), why, parsed.InvocationConfiguration.Output, stop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Evaluate(TrainerConfiguration configuration, RunFolder folder, string phase, string reason, TextWriter output, CancellationToken stop)
    {
        var trained = new TrainedNetworks(configuration, folder);
        var work = new WorkSplit(configuration.Threads);
        using ComplexNet<float> net = trained.Load(phase, work).Net;
        var frames = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Test), configuration.Threads, stop);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        Network network = trained.Export(net);
        using var integers = new IntegerNet(network, net.Batch);
        EvaluationResult real = FloatEvaluation.Run(net, frames, input, work);
        EvaluationResult whole = integers.Evaluate(frames, input, work);
        UnroundedEvaluation? unrounded = UnroundedEvaluation.Run(net, whole, frames, input, work);
        IReadOnlyList<BitDifference> bits = BitDifference.Count(net, integers, frames, frames.Count, input, work);
        string changed = $"{whole.DecisionsChanged(real)}/{frames.Count}";
        string differ = $"{bits.Sum(b => b.Different)}/{bits.Sum(b => b.Total)}";
        PhaseTable.Append(folder.TestUses,
        [
            ("phase", phase), ("reason", reason), ("frames", $"{frames.Count}"), ("floatAccuracy", PhaseTable.Number(real.Accuracy)),
            ("integerAccuracy", PhaseTable.Number(whole.Accuracy)), ("bitsDifferent", differ), ("decisionsChanged", changed), ("changedFromUnroundedNorms", $"{unrounded?.Norms}"), ("changedFromNoGrid", $"{unrounded?.Grid}"),
        ]);
        ResultFiles.Write(folder, phase, real, whole, trained.Classes);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{phase}: {frames.Count} test frames, float {real.Accuracy:P2}, integer {whole.Accuracy:P2}, bits different {differ}, decisions changed {changed}{unrounded?.Describe()}"));
        foreach ((float tag, double accuracy, int _) in whole.HasTags ? whole.ByTag() : [])
        {
            string symbols = configuration.Data.IsCaptures ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" (Es/N0 of digital classes {RadioBurst.EsOverN0(tag):F1} dB)");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tag,4:F0} dB{symbols}: integer {accuracy:P1}"));
        }

        foreach ((int label, double accuracy) in whole.HasTags ? [] : whole.ByClass())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trained.Classes[label],-12} integer {accuracy:P1}"));
        }
    }
}
