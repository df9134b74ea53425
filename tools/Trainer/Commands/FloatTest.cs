using System.Globalization;
using BcnnSim.Networks;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Accuracy of a network without integers on the whole test set; the use is logged.</summary>
internal static class FloatTest
{
    public static void Run(TrainerConfiguration configuration, RunFolder folder, string phase, string reason, TextWriter output, CancellationToken stop)
    {
        var work = new WorkSplit(configuration.Threads);
        var trained = new TrainedNetworks(configuration, folder);
        using INetwork net = trained.LoadFloat(phase, work).Net;
        var frames = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Test), configuration.Threads, stop);
        using var input = new FeatureBatch<float>(net.Batch, net.Shape.Input);
        EvaluationResult result = FloatEvaluation.Run(net, frames, input, work);

        // The columns of integers stay empty: one table holds every use of the test set.
        PhaseTable.Append(folder.TestUses,
        [
            ("phase", phase), ("reason", reason), ("frames", $"{frames.Count}"), ("floatAccuracy", PhaseTable.Number(result.Accuracy)),
            ("integerAccuracy", string.Empty), ("bitsDifferent", string.Empty), ("decisionsChanged", string.Empty), ("changedFromUnroundedNorms", string.Empty), ("changedFromNoGrid", string.Empty),
        ]);
        ResultFiles.Write(folder, phase, result, null, trained.Classes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{phase}: {frames.Count} test frames, float {result.Accuracy:P2}"));
    }
}
