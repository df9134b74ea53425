using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>
/// Closed-form cycles of one frame: the sum over the layers, plus what the simulation of the named design spends outside of layers (frame load, classifier,
/// store, barriers). Stalls of windows, norm and banks come on top: a bound from below.
/// </summary>
/// <param name="LayerCycles">Sum over the layers, command to completion.</param>
/// <param name="LastLayerEnd">Drain of the last layer, which the next frame's first layer may overlap.</param>
/// <param name="LaneOperations">Of one frame.</param>
public readonly record struct ClosedForm(long LayerCycles, long LastLayerEnd, long LaneOperations)
{
    /// <summary>Null if the network does not fit the design.</summary>
    public static ClosedForm? Of(Network network, AcceleratorDesign design)
    {
        if (DesignRules.Check(design, design.Name).Count > 0 || MappingRules.Check(network, design).Count > 0)
        {
            return null;
        }

        AcceleratorProgram program = LayerMapper.Map(network, design);
        List<CycleEstimate> layers = [.. program.Layers.Select(l => CycleEstimate.Of(l, design))];
        return new ClosedForm(layers.Sum(l => l.Cycles), layers[^1].EndCycles, program.LaneOperations);
    }

    public long Latency(long outsideCycles) => LayerCycles + outsideCycles;

    public long Interval => LayerCycles - LastLayerEnd;
}
