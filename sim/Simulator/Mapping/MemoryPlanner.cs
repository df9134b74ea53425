using System.Numerics;
using BcnnSim.Design;
using BcnnSim.Networks;

namespace BcnnSim.Mapping;

/// <summary>Places frames, parameters and results, each stream in the pseudo-channels the design names for it.</summary>
public static class MemoryPlanner
{
    /// <summary>Frames and parameter regions start on page boundaries: AXI bursts never cross 4 KiB.</summary>
    public const int PageBytes = 4096;

    public static MemoryPlan Plan(Network network, AcceleratorDesign design, IReadOnlyList<LayerPlan> layers, ClassifierPlan classifier)
    {
        bool masks = network.Layers.Any(l => l.Weights.Mask is not null);
        int wordBytes = WeightWordBytes(design.PeArray, masks);
        int words = layers[^1].WeightBase + layers[^1].Sent.Total;
        long channels = network.Layers.Sum(l => (long)l.OutputChannels);
        long frameBytes = FrameBytes(design, layers[0]);
        long resultBytes = RoundUp(8 * (1 + (long)classifier.Classes), MemoryPlan.BeatBytes);
        long classifierBytes = RoundUp((long)classifier.Classes * classifier.Features, MemoryPlan.BeatBytes)
            + RoundUp(8L * classifier.Classes, MemoryPlan.BeatBytes);

        long parameters = design.Dma.ParameterPseudoChannel * MemoryPlan.PseudoChannelBytes;
        bool streamed = design.WeightBuffer.Residency == WeightResidency.Stream;
        long weightAddress = streamed ? design.Dma.WeightPseudoChannel * MemoryPlan.PseudoChannelBytes : parameters;
        MemoryRegion weights = Region(weightAddress, RoundUp((long)words * wordBytes, MemoryPlan.BeatBytes));
        MemoryRegion norm = Region(streamed ? parameters : weights.Address + weights.Stride, channels * MemoryPlan.BeatBytes);
        MemoryRegion head = Region(norm.Address + norm.Stride, classifierBytes);
        return new MemoryPlan(
            Region(design.Dma.FramePseudoChannel * MemoryPlan.PseudoChannelBytes, frameBytes) with { Spread = design.Dma.FrameSpread },
            streamed ? weights with { Spread = design.Dma.WeightSpread } : weights,
            norm,
            head,
            new MemoryRegion(design.Dma.ResultPseudoChannel * MemoryPlan.PseudoChannelBytes, resultBytes, resultBytes, design.Dma.ResultSpread),
            wordBytes,
            words,
            masks);
    }

    /// <summary>Words after which the next layer's weights may begin: a layer that is streamed begins with a beat.</summary>
    public static int WeightAlignment(Network network, AcceleratorDesign design) => design.WeightBuffer.Residency == WeightResidency.Stream
        ? Math.Max(1, MemoryPlan.BeatBytes / WeightWordBytes(design.PeArray, network.Layers.Any(l => l.Weights.Mask is not null)))
        : 1;

    private static MemoryRegion Region(long address, long bytes) => new(address, bytes, RoundUp(bytes, PageBytes));

    private static long FrameBytes(AcceleratorDesign design, LayerPlan first)
    {
        long bits = 2L * design.FrameBuffer.WordChannels * first.SourceWordsPerPixel * first.Input.Pixels * first.Planes;
        return RoundUp((bits + 7) / 8, MemoryPlan.BeatBytes);
    }

    private static int WeightWordBytes(PeArrayDesign pe, bool masks)
    {
        int bits = pe.OutputLanes * pe.InputLanes * (masks ? 3 : 2);
        int bytes = (bits + 7) / 8;
        return bytes <= MemoryPlan.BeatBytes
            ? (int)BitOperations.RoundUpToPowerOf2((uint)bytes)
            : (int)RoundUp(bytes, MemoryPlan.BeatBytes);
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
