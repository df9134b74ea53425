using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// The phases of a configuration in order: dense, hard prune, retraining of the compacted network, the same compacted shape
/// from scratch. With resume, finished phases are loaded, not repeated.
/// </summary>
public sealed class TrainingRun(TrainerConfiguration configuration, LoadedData data, RunFolder folder, bool resume, ProgressLine progress)
{
    private readonly WorkSplit work = new(configuration.Threads);
    private readonly TrainingLog log = new(folder.Log);

    /// <summary>False when stopped by the user, with everything saved.</summary>
    public bool Execute(CancellationToken stop)
    {
        NetShape shape = configuration.Shape(data.Train.Shape, data.Train.Classes);
        using INetwork dense = configuration.Network(shape);
        WeightStart.Draw(dense, configuration.Seed);
        if (!Train("dense", configuration.Dense, dense, stop) || configuration.Pruning is not { } pruning)
        {
            return !stop.IsCancellationRequested;
        }

        // The rules leave pruning to complex networks.
        using ComplexNet<float> small = Prune((ComplexNet<float>)dense, pruning);
        return Train("retrain", configuration.Retrain, small, stop) && Scratch(small.Shape, stop);
    }

    private bool Scratch(NetShape shape, CancellationToken stop)
    {
        using var net = new ComplexNet<float>(shape, configuration.Batch) { Grid = configuration.Grid };
        WeightStart.Draw(net, configuration.Seed);
        return Train("scratch", configuration.Scratch, net, stop);
    }

    // Statistics are those of the best dense epoch, re-estimated before it was judged.
    private ComplexNet<float> Prune(ComplexNet<float> dense, PruningSettings settings)
    {
        IReadOnlyList<int> counts = settings.Kept
            ?? KeptCounts.Choose(dense.Shape, settings.Rate, settings.OutputLanes, System.Numerics.Vector<float>.Count);
        double rate = KeptCounts.Rate(dense.Shape, counts);
        if (rate < settings.Rate)
        {
            throw new InputException("configuration", "pruning.kept", string.Join(",", counts), $"reaches {rate:F2}x, below the rate {settings.Rate}", "Keep fewer channels");
        }

        File.Delete(folder.PhaseTable);
        IReadOnlyList<int[]> kept = KeptChannels.Largest(dense, counts);
        folder.WriteKept(kept);
        ComplexNet<float> small = Compaction.Compact(dense, kept);
        small.Grid = configuration.Grid;
        using var phase = new TrainingPhase(Context("hard-prune"), configuration.Dense, small);
        double accuracy = phase.Validate().Accuracy;
        progress.Line(FormattableString.Invariant(
            $"hard prune: kept {string.Join('/', counts)}, {dense.Shape.ComplexWeights} -> {small.Shape.ComplexWeights} complex weights = {rate:F2}x, lane operations {(double)dense.Shape.LaneOperations / small.Shape.LaneOperations:F2}x fewer, validation accuracy {accuracy:P2}"));
        PhaseTable.Append(folder.PhaseTable,
        [
            ("phase", "hard-prune"), ("kept", string.Join('/', counts)), ("complexWeights", $"{small.Shape.ComplexWeights}"), ("rate", PhaseTable.Number(rate)),
            ("laneOperations", $"{small.Shape.LaneOperations}"), ("denseLaneOperations", $"{dense.Shape.LaneOperations}"), ("validationAccuracy", PhaseTable.Number(accuracy)),
        ]);
        return small;
    }

    private PhaseContext Context(string name) => new(
        name, folder.Root, ConfigurationFile.Fingerprint(configuration, name, data.Description), configuration.Seed,
        data.Train, data.Validation, configuration.CalibrationFrames, log, work, progress)
    {
        Augmentation = configuration.Data.Augmentation is not null,
    };

    private bool Train(string name, PhaseSettings? settings, INetwork net, CancellationToken stop)
    {
        if (settings is null || settings.Epochs == 0)
        {
            return true;
        }

        using var phase = new TrainingPhase(Context(name), settings, net);
        if (!resume || !phase.Resume())
        {
            log.Forget(name, 0);
        }

        bool finished = phase.Run(stop);
        CurvePicture.Write(log.Rows, folder.Curves);
        return finished;
    }
}
