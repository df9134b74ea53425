using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Networks;

namespace BcnnSim.Exploration;

/// <summary>
/// Closed-form cycles of one frame: the sum over the layers, plus what the simulation of the named design spends outside of layers (frame load, classifier,
/// store, barriers). Layers whose windows or sums keep the array waiting take at least the cycles those need; bank conflicts come on top: a bound from below.
/// </summary>
/// <param name="LayerCycles">Sum over the layers, command to completion.</param>
/// <param name="Overlap">End of the last layer and start of the first, which two frames may overlap.</param>
/// <param name="LaneOperations">Of one frame.</param>
public readonly record struct ClosedForm(long LayerCycles, long Overlap, long LaneOperations)
{
    /// <summary>Null if the network does not fit the design.</summary>
    public static ClosedForm? Of(Network network, AcceleratorDesign design)
    {
        if (DesignRules.Check(design, design.Name).Count > 0 || MappingRules.Check(network, design).Count > 0)
        {
            return null;
        }

        AcceleratorProgram program = LayerMapper.Map(network, design);
        long cycles = 0;
        foreach (LayerPlan plan in program.Layers)
        {
            CycleEstimate estimate = CycleEstimate.Of(plan, design);
            cycles += estimate.Cycles + Waits(plan, estimate, design);
        }

        CycleEstimate first = CycleEstimate.Of(program.Layers[0], design);
        long overlap = first.StartCycles + first.BuildCycles + CycleEstimate.Of(program.Layers[^1], design).EndCycles;
        return new ClosedForm(cycles, overlap, program.LaneOperations);
    }

    /// <summary>Cycles by which building windows, or draining sums, takes longer than computing, over the tiles that are full.</summary>
    private static long Waits(LayerPlan plan, CycleEstimate estimate, AcceleratorDesign design)
    {
        long latency = plan.ReadsFrame ? design.FrameBuffer.ReadLatency : design.ActivationBuffer.ReadLatency;
        long build = estimate.BuildCycles - 4 - latency;
        long windows = (plan.Tiles - 1) * Math.Max(0, build - estimate.TileCycles);
        int fullGroups = plan.Groups - (plan.Output.Channels % plan.Lanes.Output == 0 ? 0 : 1);
        long sums = (((plan.Tiles - 1L) * fullGroups) - 1) * Math.Max(0, estimate.DrainBeats - ((long)plan.Planes * plan.Words));
        return Math.Max(0, Math.Max(windows, sums));
    }

    public long Latency(long outsideCycles) => LayerCycles + outsideCycles;

    public long Interval => LayerCycles - Overlap;
}
