using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>The disjoint sets of one seed in memory.</summary>
/// <param name="Members">D.</param>
/// <param name="Reference">D'.</param>
/// <param name="NonMembers">E.</param>
/// <param name="Validation">For choices and accuracy.</param>
/// <param name="Description">Canonical text of the pool.</param>
internal sealed record PrivacyData(FrameStore Members, FrameStore Reference, FrameStore NonMembers, FrameStore Validation, string Description)
{
    public static PrivacyData Load(PrivacySettings settings, TrainerConfiguration training, ulong seed, CancellationToken stop)
    {
        var pool = new PooledSource([.. new[] { DataSplit.Train, DataSplit.Validation, DataSplit.Test }.Select(split => DataSplits.Source(training.Data, split)).Where(source => source.Count > 0)]);
        var split = MembershipSplit.Of(pool.Count, settings.Members, settings.Validation, seed);
        FrameStore Store(int[] indices) => new(pool, training.Threads, stop, indices);
        return new(Store(split.Members), Store(split.Reference), Store(split.NonMembers), Store(split.Validation), pool.Configuration);
    }
}
