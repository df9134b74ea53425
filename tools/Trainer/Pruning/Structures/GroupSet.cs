namespace BcnnSim.Trainer.Pruning.Structures;

/// <summary>
/// Groups that compete with each other: of one layer, or of layers that must lose the same channels. A projection keeps the
/// designated number of them.
/// </summary>
/// <param name="Name">Of the first layer in it.</param>
/// <param name="Count">Number of groups.</param>
/// <param name="Members">Layers that hold weights of the groups.</param>
public sealed record GroupSet(string Name, int Count, IReadOnlyList<GroupMember> Members)
{
    /// <summary>Weights of every group.</summary>
    public int[] Sizes()
    {
        var sizes = new int[Count];
        foreach (GroupMember member in Members)
        {
            foreach (int group in member.Group)
            {
                sizes[group]++;
            }
        }

        return sizes;
    }

    /// <summary>Squared L2 norm of every group, real and imaginary parts together, summed in the order of layers, parts and weights.</summary>
    public double[] SquaredNorms(WeightVector values)
    {
        var norms = new double[Count];
        foreach (GroupMember member in Members)
        {
            foreach (float[] part in values.Layers[member.Layer])
            {
                for (int i = 0; i < part.Length; i++)
                {
                    norms[member.Group[i]] += (double)part[i] * part[i];
                }
            }
        }

        return norms;
    }
}
