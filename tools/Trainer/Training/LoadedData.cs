using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;

namespace BcnnSim.Trainer.Training;

/// <summary>Training and validation frames of a configuration in memory.</summary>
/// <param name="Train">Training frames.</param>
/// <param name="Validation">Validation frames.</param>
/// <param name="Description">Canonical text of the training data; part of every fingerprint.</param>
public sealed record LoadedData(FrameStore Train, FrameStore Validation, string Description)
{
    public static LoadedData Load(TrainerConfiguration configuration, CancellationToken stop)
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        var train = new FrameStore(source, configuration.Threads, stop);
        var validation = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Validation), configuration.Threads, stop);
        return new(train, validation, source.Configuration);
    }
}
