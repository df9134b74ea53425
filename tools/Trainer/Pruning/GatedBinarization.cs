using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// Route (b) of binary weights and pruning (training.md section 3): effective weight = sign(W) * clip(||W_g|| / tau_g, 0, 1), so
/// that the loss sees a group fade; tau_g is half the median group norm at the start. A norm behind the convolution cancels a
/// scale of a whole filter, and the sign behind that one of its output: there the gate multiplies the binarized output of the
/// channel, as the mask of the hard prune does.
/// </summary>
public sealed class GatedBinarization
{
    private readonly INetwork net;
    private readonly IReadOnlyList<GroupSet> sets;
    private readonly bool channels;
    private readonly WeightVector weights;
    private readonly int[][] masked;
    private readonly double[] thresholds;
    private readonly double[][] gates;
    private readonly double[][] norms;

    public GatedBinarization(INetwork net, PruningStructure structure, IReadOnlyList<GroupSet> sets)
    {
        (this.net, this.sets, channels) = (net, sets, structure is PruningStructure.Filter or PruningStructure.Channel);
        weights = WeightVector.Of(net);
        masked = MaskedLayers();
        thresholds = [.. sets.Select(set => Median(set.SquaredNorms(weights)) / 2)];
        gates = [.. sets.Select(set => new double[set.Count])];
        norms = [.. sets.Select(set => new double[set.Count])];
        if (channels)
        {
            if (net.Shape.Links.Any(link => link.Values))
            {
                throw new InputException("configuration", "binarization", "gated", $"{structure} gates need a network without values: an add carries a channel around its bits", "Take the route after, or another structure");
            }

            foreach (int layer in masked.SelectMany(layers => layers))
            {
                net.Prunable[layer].MaskGradient = new float[net.Prunable[layer].ChannelMask.Length];
            }
        }

        Update();
    }

    /// <summary>Gate of every group, one array per set.</summary>
    public IReadOnlyList<double[]> Gates => gates;

    /// <summary>Behind every change of the weights: gates from the norms; refreshes the network.</summary>
    public void Update(WorkSplit? work = null)
    {
        for (int s = 0; s < sets.Count; s++)
        {
            double[] squared = sets[s].SquaredNorms(weights);
            for (int g = 0; g < squared.Length; g++)
            {
                norms[s][g] = Math.Sqrt(squared[g]);
                gates[s][g] = Math.Min(1, thresholds[s] > 0 ? norms[s][g] / thresholds[s] : 1);
            }

            Put(s);
        }

        net.Refresh(work);
    }

    /// <summary>
    /// Behind a backward pass: gradients of the effective weights become those of the latent ones, dW = gate * dW_eff (straight
    /// through the sign) plus what comes through the gate, (dL/dgate) W / (||W_g|| tau_g) where 0 &lt; ||W_g|| &lt; tau_g.
    /// </summary>
    public void Apply()
    {
        double[][] through = [.. sets.Select((set, s) => channels ? OfMasks(s) : OfWeights(set))];
        foreach (PrunableWeights layer in net.Prunable)
        {
            layer.GateGradients();
        }

        for (int s = 0; s < sets.Count; s++)
        {
            for (int g = 0; g < through[s].Length; g++)
            {
                through[s][g] = norms[s][g] > 0 && norms[s][g] < thresholds[s] ? through[s][g] / (norms[s][g] * thresholds[s]) : 0;
            }

            foreach (GroupMember member in sets[s].Members)
            {
                Add(net.Prunable[member.Layer], member.Group, through[s]);
            }
        }
    }

    /// <summary>At the hard prune, which sets masks and gates to 0 or 1 itself.</summary>
    public void Release()
    {
        foreach (PrunableWeights layer in net.Prunable)
        {
            layer.MaskGradient = null;
        }
    }

    private static double Median(double[] squared) => Math.Sqrt(squared.Order().ElementAt((squared.Length - 1) / 2));

    private static void Add(PrunableWeights layer, int[] group, double[] factor)
    {
        for (int part = 0; part < layer.Parts.Length; part++)
        {
            for (int i = 0; i < group.Length; i++)
            {
                layer.Gradients[part][i] += (float)(factor[group[i]] * layer.Parts[part][i]);
            }
        }
    }

    private static double Sign(float weight) => weight >= 0 ? 1 : -1;

    // Layers whose output channels are the groups of each set: the members of a filter set, the sources of a channel set.
    private int[][] MaskedLayers()
    {
        int[] ties = net.Shape.Ties();
        return [.. sets.Select(set => Enumerable.Range(0, ties.Length).Where(i => Grouping.Name(ties[i]) == set.Name).ToArray())];
    }

    private void Put(int s)
    {
        if (channels)
        {
            foreach (int layer in masked[s])
            {
                Array.ConvertAll(gates[s], gate => (float)gate).CopyTo(net.Prunable[layer].ChannelMask, 0);
            }

            return;
        }

        foreach (GroupMember member in sets[s].Members)
        {
            float[] gate = net.Prunable[member.Layer].Gate;
            for (int i = 0; i < gate.Length; i++)
            {
                gate[i] = (float)gates[s][member.Group[i]];
            }
        }
    }

    private double[] OfMasks(int s)
    {
        var sum = new double[sets[s].Count];
        foreach (int layer in masked[s])
        {
            for (int g = 0; g < sum.Length; g++)
            {
                sum[g] += net.Prunable[layer].MaskGradient![g];
            }
        }

        return sum;
    }

    private double[] OfWeights(GroupSet set)
    {
        var sum = new double[set.Count];
        foreach (GroupMember member in set.Members)
        {
            PrunableWeights layer = net.Prunable[member.Layer];
            for (int part = 0; part < layer.Parts.Length; part++)
            {
                for (int i = 0; i < member.Group.Length; i++)
                {
                    sum[member.Group[i]] += layer.Gradients[part][i] * Sign(layer.Parts[part][i]);
                }
            }
        }

        return sum;
    }
}
