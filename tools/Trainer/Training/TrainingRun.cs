using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>The phases of a configuration in order: dense, prune, retrain, twin from scratch. Finished phases are loaded, not repeated.</summary>
public sealed class TrainingRun(TrainerConfiguration configuration, string folder, bool resume, ProgressLine progress, CancellationToken stop)
{
    private readonly WorkSplit work = new(configuration.Threads);
    private FrameStore train = null!;
    private FrameStore validation = null!;
    private string fingerprint = string.Empty;
    private TrainingLog log = null!;

    /// <summary>False when stopped by the user, with everything saved.</summary>
    public bool Execute()
    {
        Directory.CreateDirectory(folder);
        log = new TrainingLog(Path.Combine(folder, "log.csv"));
        Load();
        NetShape shape = configuration.Shape(train.Shape, train.Classes);
        using var dense = new ComplexNet<float>(shape, configuration.Batch);
        WeightStart.Draw(dense, configuration.Seed);
        return Train("dense", configuration.Dense, dense);
    }

    private void Load()
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        fingerprint = ConfigurationFile.Fingerprint(configuration, source.Configuration);
        train = new FrameStore(source, configuration.Threads, stop);
        validation = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Validation), configuration.Threads, stop);
    }

    private bool Train(string name, PhaseSettings settings, ComplexNet<float> net)
    {
        var context = new PhaseContext(name, folder, fingerprint, configuration.Seed, train, validation, configuration.CalibrationFrames, log, work, progress);
        using var phase = new TrainingPhase(context, settings, net);
        if (!resume || !phase.Resume())
        {
            log.Forget(name, 0);
        }

        return phase.Run(stop);
    }
}
