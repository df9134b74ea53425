namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>
/// The set S of a pruning run: at most <see cref="Kept"/>[i] groups of <see cref="Sets"/>[i] are not zero. Its Euclidean projection
/// keeps the groups of largest L2 norm; of equal ones the lower index stays.
/// </summary>
/// <param name="Sets">Groups that compete.</param>
/// <param name="Kept">Designated number of groups that stay, one per set.</param>
public sealed record PruningProblem(IReadOnlyList<GroupSet> Sets, IReadOnlyList<int> Kept)
{
    /// <summary>
    /// The same without the sets that keep all of their groups, as a rate for each layer or an allocation by norm may leave some: a penalty to where
    /// they stand would hold them there, a norm would shrink what nothing leaves, and a gate would fade it.
    /// </summary>
    public PruningProblem Losing => Kept.Zip(Sets, (kept, set) => kept < set.Count).All(loses => loses)
        ? this
        : new([.. Sets.Where((set, i) => Kept[i] < set.Count)], [.. Kept.Where((kept, i) => kept < Sets[i].Count)]);

    /// <summary>Layers of the sets: columns and channels leave those that read the frame alone.</summary>
    public IReadOnlySet<int> Layers { get; } = Sets.SelectMany(set => set.Members).Select(member => member.Layer).ToHashSet();

    /// <summary>For every set the groups that stay, rising; exactly the designated number.</summary>
    public IReadOnlyList<int[]> Largest(WeightVector values) => [.. Sets.Zip(Kept, (set, kept) => Largest(set.SquaredNorms(values), kept))];

    /// <summary>Proj_S(values), a new vector.</summary>
    public WeightVector Project(WeightVector values)
    {
        WeightVector result = values.Clone();
        Clear(result, Largest(values));
        return result;
    }

    /// <summary>For every layer 1 for weights that stay, 0 for the others; null where no set touches the layer.</summary>
    public float[]?[] Masks(int layers, IReadOnlyList<int[]> kept)
    {
        var masks = new float[layers][];
        foreach (GroupMember member in Sets.SelectMany(set => set.Members))
        {
            masks[member.Layer] ??= Ones(member.Group.Length);
        }

        EachRemoved(kept, (layer, i) => masks[layer][i] = 0);
        return masks;
    }

    private static int[] Largest(double[] norms, int count) =>
        [.. Enumerable.Range(0, norms.Length).OrderByDescending(group => norms[group]).ThenBy(group => group).Take(count).Order()];

    private void Clear(WeightVector values, IReadOnlyList<int[]> kept) => EachRemoved(kept, (layer, i) =>
    {
        foreach (float[] part in values.Layers[layer])
        {
            part[i] = 0;
        }
    });

    private void EachRemoved(IReadOnlyList<int[]> kept, Action<int, int> action)
    {
        for (int s = 0; s < Sets.Count; s++)
        {
            var stays = new bool[Sets[s].Count];
            foreach (int group in kept[s])
            {
                stays[group] = true;
            }

            foreach (GroupMember member in Sets[s].Members)
            {
                for (int i = 0; i < member.Group.Length; i++)
                {
                    if (!stays[member.Group[i]])
                    {
                        action(member.Layer, i);
                    }
                }
            }
        }
    }

    private static float[] Ones(int length)
    {
        var ones = new float[length];
        Array.Fill(ones, 1);
        return ones;
    }
}
