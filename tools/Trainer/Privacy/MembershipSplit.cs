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
/// <param name="Rest">What no set has: of it shadow models are made.</param>
/// <param name="Seed">Of every draw.</param>
public sealed record MembershipSplit(int[] Members, int[] Reference, int[] NonMembers, int[] Validation, int[] Rest, ulong Seed)
{
    /// <exception cref="ArgumentOutOfRangeException">The pool is too small.</exception>
    public static MembershipSplit Of(int pool, int members, int validation, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((3 * members) + validation, pool, nameof(members));
        int[] order = new SeededStream(seed, "membership").Permutation(pool);
        return new(order[..members], order[members..(2 * members)], order[(2 * members)..(3 * members)], order[(3 * members)..((3 * members) + validation)], order[((3 * members) + validation)..], seed);
    }

    /// <summary>Whether model <paramref name="model"/> of LiRA learns each frame of D, then of E. Models 2k and 2k + 1 share both sets between them, so that each frame lies in half of an even number of models.</summary>
    public bool[] Half(int model)
    {
        int[] order = new SeededStream(Seed, "lira half", (ulong)(model / 2)).Permutation(Members.Length + NonMembers.Length);
        var inside = new bool[order.Length];
        foreach (int frame in model % 2 == 0 ? order[..Members.Length] : order[Members.Length..])
        {
            inside[frame] = true;
        }

        return inside;
    }

    /// <summary>Members, reference and non-members of a shadow model, of the sizes of D and disjoint from every set of the model that is attacked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rest is too small.</exception>
    public (int[] Members, int[] Reference, int[] NonMembers) Shadow(int model)
    {
        int size = Members.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(3 * size, Rest.Length, nameof(model));
        int[] drawn = [.. new SeededStream(Seed, "shadow sets", (ulong)model).Permutation(Rest.Length).Take(3 * size).Select(i => Rest[i])];
        return (drawn[..size], drawn[size..(2 * size)], drawn[(2 * size)..]);
    }
}
