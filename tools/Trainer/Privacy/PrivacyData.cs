using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>The disjoint sets of one seed in memory, and on demand those of an attacker's own models.</summary>
internal sealed class PrivacyData
{
    private readonly PooledSource pool;
    private readonly MembershipSplit split;
    private readonly int threads;
    private readonly CancellationToken stop;
    private readonly FrameStore validation;

    private PrivacyData(PooledSource pool, MembershipSplit split, int threads, CancellationToken stop)
    {
        (this.pool, this.split, this.threads, this.stop) = (pool, split, threads, stop);
        NonMembers = Store(split.NonMembers);
        validation = Store(split.Validation);
        Own = new(Store(split.Members), Store(split.Reference), validation, pool.Configuration);
    }

    /// <summary>Of the model that is attacked: D, D', validation.</summary>
    public TrainingSets Own { get; }

    /// <summary>E.</summary>
    public FrameStore NonMembers { get; }

    public static PrivacyData Load(PrivacySettings settings, TrainerConfiguration training, ulong seed, CancellationToken stop)
    {
        var pool = new PooledSource([.. new[] { DataSplit.Train, DataSplit.Validation, DataSplit.Test }.Select(split => DataSplits.Source(training.Data, split)).Where(source => source.Count > 0)]);
        return new(pool, MembershipSplit.Of(pool.Count, settings.Members, settings.Validation, seed), training.Threads, stop);
    }

    /// <summary>Whether a model of LiRA learns each frame of D, then of E.</summary>
    public bool[] Half(int model) => split.Half(model);

    /// <summary>Sets of a model of LiRA; its game is played with D', as that of the attacked model.</summary>
    public TrainingSets Lira(int model)
    {
        bool[] inside = Half(model);
        int[] members = [.. split.Members.Concat(split.NonMembers).Where((_, i) => inside[i])];
        return new(Store(members), Own.Reference, validation, FormattableString.Invariant($"{pool.Configuration}; LiRA model {model}"));
    }

    /// <summary>Sets of a shadow model, and its own non-members.</summary>
    public (TrainingSets Sets, FrameStore NonMembers) Shadow(int model)
    {
        (int[] members, int[] reference, int[] others) = split.Shadow(model);
        return (new(Store(members), Store(reference), validation, FormattableString.Invariant($"{pool.Configuration}; shadow model {model}")), Store(others));
    }

    private FrameStore Store(int[] indices) => new(pool, threads, stop, indices);
}
