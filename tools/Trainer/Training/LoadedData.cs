using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Data.Captures;

namespace BcnnSim.Trainer.Training;

/// <summary>Training and validation frames of a configuration in memory.</summary>
/// <param name="Train">Training frames.</param>
/// <param name="Validation">Validation frames.</param>
/// <param name="Description">Canonical text of the training data; part of every fingerprint.</param>
public sealed record LoadedData(FrameStore Train, FrameStore Validation, string Description)
{
    /// <summary>What the user's recordings are and how they were split; null for other sets.</summary>
    public string? Recordings { get; init; }

    public static LoadedData Load(TrainerConfiguration configuration, CancellationToken stop)
    {
        IFrameSource source = DataSplits.Source(configuration.Data, DataSplit.Train);
        var train = new FrameStore(source, configuration.Threads, stop);
        var validation = new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Validation), configuration.Threads, stop);
        return new(train, validation, source.Configuration) { Recordings = (source as CaptureFrameSource)?.Description };
    }
}
