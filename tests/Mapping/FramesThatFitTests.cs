using BcnnSim.Design;
using BcnnSim.Mapping;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Mapping;

/// <summary>As many frames as fit into the memory, and not one more.</summary>
public sealed class FramesThatFitTests
{
    private const long Quarter = MemoryPlan.PseudoChannelBytes / 4;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 2, 1)]
    [InlineData(1, 1, 4)]
    [InlineData(2, 1, 2)]
    public void The_last_frame_ends_inside_its_pseudo_channel_and_the_next_one_would_not(int frameSpread, int resultSpread, int replicas)
    {
        AcceleratorProgram program = LayerMapper.Map(
            TinyNetwork.Create(),
            Designs.Reference($"dma.frameSpread={frameSpread}", $"dma.resultSpread={resultSpread}", "dma.parameterPseudoChannel=12", "dma.resultPseudoChannel=16", $"execution.replicas={replicas}", "dma.replicaStride=0"));
        int most = (int)ReplicaPlan.FramesThatFit(program);
        Assert.True(Fits(program, most));
        Assert.False(Fits(program, most + replicas));
        RunRules.CheckMemory(program, most);
        InputException refused = Assert.Throws<InputException>(() => RunRules.CheckMemory(program, most + 1));
        Assert.StartsWith($"--count: frames: {most + 1}: at most {most} frames", refused.Message, StringComparison.Ordinal);
    }

    // Item by item, by addresses alone; replica r takes every frame whose number leaves r.
    private static bool Fits(AcceleratorProgram program, int frames)
    {
        int replicas = program.Design.Execution.Replicas;
        return Enumerable.Range(0, replicas).All(r =>
        {
            MemoryPlan memory = ReplicaPlan.Of(program, r).Memory;
            int share = (frames - r + replicas - 1) / replicas;
            return Inside(memory.Frames, share, replicas == 1 ? MemoryPlan.PseudoChannelBytes : Quarter) && Inside(memory.Results, share, replicas == 1 ? MemoryPlan.PseudoChannelBytes : 3 * Quarter);
        });
    }

    private static bool Inside(MemoryRegion region, int items, long end) => Enumerable.Range(Math.Max(0, items - (2 * region.Spread)), Math.Min(items, 2 * region.Spread))
        .All(i => region.Of(i) - (region.In(i % region.Spread) / MemoryPlan.PseudoChannelBytes * MemoryPlan.PseudoChannelBytes) + region.Stride <= end);
}
