namespace BcnnSim.Mapping;

/// <summary>The program of one replica: the same work on regions of its own, dma.replicaStride pseudo-channels further.</summary>
public static class ReplicaPlan
{
    /// <summary>Each kind of data has a quarter of a pseudo-channel: streams of different kinds may meet there.</summary>
    private const long QuarterBytes = MemoryPlan.PseudoChannelBytes / 4;

    /// <summary>Frames and results of replicas lie interleaved, so that those that share a pseudo-channel have places of their own; parameters are alike.</summary>
    public static AcceleratorProgram Of(AcceleratorProgram program, int replica)
    {
        int count = program.Design.Execution.Replicas;
        if (count == 1)
        {
            return program;
        }

        int channels = replica * program.Design.Dma.ReplicaStride;
        MemoryPlan memory = program.Memory with
        {
            Frames = Interleaved(Moved(program.Memory.Frames, channels, 0), replica, count),
            Results = Interleaved(Moved(program.Memory.Results, channels, 2), replica, count),
            Weights = Moved(program.Memory.Weights, channels, program.StreamsWeights ? 3 : 1),
            NormConstants = Moved(program.Memory.NormConstants, channels, 1),
            ClassifierConstants = Moved(program.Memory.ClassifierConstants, channels, 1),
        };

        // Built anew, not copied: the list of regions follows from the plan.
        return new AcceleratorProgram(program.Network, program.Design, program.Layers, program.Classifier, memory, program.Prologue, program.Body);
    }

    /// <summary>Frames whose data and results have room in their pseudo-channels, all replicas together.</summary>
    public static long FramesThatFit(AcceleratorProgram program)
    {
        int count = program.Design.Execution.Replicas;
        long frames = count == 1 ? MemoryPlan.PseudoChannelBytes : QuarterBytes, results = count == 1 ? frames : 3 * QuarterBytes;
        return count * Enumerable.Range(0, count).Select(r => Of(program, r).Memory).Min(m => Math.Min(m.Frames.ItemsBefore(frames), m.Results.ItemsBefore(results)));
    }

    private static MemoryRegion Moved(MemoryRegion region, int channels, int quarter)
    {
        int target = (region.PseudoChannel + channels) % MemoryRegion.PseudoChannels;
        return region with { Address = (target * MemoryPlan.PseudoChannelBytes) + (quarter * QuarterBytes) + (region.Address % MemoryPlan.PseudoChannelBytes) };
    }

    private static MemoryRegion Interleaved(MemoryRegion region, int replica, int count) =>
        region with { Address = region.Address + (replica * region.Stride), Stride = region.Stride * count };
}
