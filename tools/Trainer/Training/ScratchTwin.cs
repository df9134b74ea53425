using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Training;

/// <summary>
/// The shape and mask of a pruned network with weights of its own, drawn for that shape and mask: the baseline that every pruned result
/// has beside it (Liu et al., "Rethinking the Value of Network Pruning", ICLR 2019). Behind a mask the start of the dense network would
/// be a lottery ticket (Frankle and Carbin, ICLR 2019), another baseline: there the weights are others.
/// </summary>
internal static class ScratchTwin
{
    /// <summary>The caller owns it.</summary>
    /// <param name="network">An untrained network of a shape, in the arithmetic the twin is trained in.</param>
    public static INetwork Of(INetwork pruned, Func<NetShape, INetwork> network, ulong seed)
    {
        INetwork twin = network(pruned.Shape);
        for (int i = 0; i < twin.Prunable.Count; i++)
        {
            pruned.Prunable[i].Gate.CopyTo(twin.Prunable[i].Gate, 0);
        }

        WeightStart.Draw(twin, seed, other: pruned.Prunable.Any(layer => layer.Gate.Contains(0)));
        return twin;
    }
}
