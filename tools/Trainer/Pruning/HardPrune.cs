using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Pruning.Structures;

namespace BcnnSim.Trainer.Pruning;

/// <summary>
/// The masked form of the hard prune, for every structure: what goes contributes 0 to its consumers. Filters and channels leave by
/// the mask of the channel's activated output (a filter of zeros does not output 0: its norm turns it into a constant) and the gates of
/// the weights that make and read it; the other structures by the gates of their weights. Weights stay as they are, so a mask can be taken back.
/// </summary>
public static class HardPrune
{
    public static void Apply(INetwork net, PruningStructure structure, PruningProblem problem, IReadOnlyList<int[]> kept)
    {
        if (structure is PruningStructure.Filter or PruningStructure.Channel)
        {
            Compaction.Mask(net, KeptChannels.Of(net.Shape, problem.Sets, kept));
        }
        else
        {
            float[]?[] masks = problem.Masks(net.Prunable.Count, kept);
            for (int i = 0; i < masks.Length; i++)
            {
                masks[i]?.CopyTo(net.Prunable[i].Gate, 0);
            }
        }

        net.Refresh();
    }
}
