using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>
/// Disjoint sets of a pool of frames (training.md section 6): members D the model learns, reference D' its game is played with, non-members E
/// that only attacks see, and validation. D, D' and E are of equal size.
/// </summary>
/// <param name="Members">D, indices into the pool.</param>
/// <param name="Reference">D'.</param>
/// <param name="NonMembers">E.</param>
/// <param name="Validation">For choices and accuracy.</param>
public sealed record MembershipSplit(int[] Members, int[] Reference, int[] NonMembers, int[] Validation)
{
    /// <exception cref="ArgumentOutOfRangeException">The pool is too small.</exception>
    public static MembershipSplit Of(int pool, int members, int validation, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((3 * members) + validation, pool, nameof(members));
        int[] order = new SeededStream(seed, "membership").Permutation(pool);
        return new(order[..members], order[members..(2 * members)], order[(2 * members)..(3 * members)], order[(3 * members)..((3 * members) + validation)]);
    }
}
