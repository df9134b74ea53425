using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Tells when a network's weights were removed in blocks of another size than the design computes with.</summary>
public static class BlockNote
{
    /// <summary>A sentence, or null where the design fits or no block size is stated.</summary>
    public static string? Of(PruningRecord pruning, PeArrayDesign pe)
    {
        if (pruning.BlockLanes is not { } lanes || lanes == (pe.OutputLanes, pe.InputLanes))
        {
            return null;
        }

        return $"pruned in blocks of {lanes.Output} x {lanes.Input} (Po x Pi), the design computes {pe.OutputLanes} x {pe.InputLanes}: only its own blocks that are wholly masked are skipped";
    }
}
