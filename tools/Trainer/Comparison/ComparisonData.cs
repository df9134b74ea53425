using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>The splits of a comparison in memory.</summary>
/// <param name="Loaded">Training and validation frames.</param>
/// <param name="Test">Read once per row.</param>
internal sealed record ComparisonData(LoadedData Loaded, FrameStore Test)
{
    public static ComparisonData Load(TrainerConfiguration configuration, CancellationToken stop) => new(
        LoadedData.Load(configuration, stop), new FrameStore(DataSplits.Source(configuration.Data, DataSplit.Test), configuration.Threads, stop));
}
