using System.Globalization;

namespace BcnnSim.Design;

/// <summary>FIFOs between blocks, DMA engines with their AXI crossings, sequencer.</summary>
internal static class PathCost
{
    /// <summary>Bits of one AXI beat, and of an address with its length.</summary>
    private const int DataBits = 256;
    private const int AddressBits = 40;

    /// <summary>Allowance of one DMA engine and of the sequencer, not derived from any synthesis.</summary>
    private static readonly ResourceCount DmaEngine = new(1_500, 2_500);
    private static readonly ResourceCount SequencerAllowance = new(1_000, 1_000);

    public static IEnumerable<ComponentResources> Of(AcceleratorDesign d) => [Channels(d), Memory(d), Sequencer()];

    private static ComponentResources Channels(AcceleratorDesign d)
    {
        PeArrayDesign pe = d.PeArray;
        FifoDesign f = d.Fifos;
        long sum = 2L * d.Norm.Lanes * d.Accumulator.Bits;
        long partial = 2L * pe.OutputLanes * pe.PixelLanes * (PeCost.Width(pe.InputLanes) + 2);
        long reply = pe.PixelLanes * 2L * Math.Max(d.ActivationBuffer.WordChannels, d.FrameBuffer.WordChannels);
        ResourceCount count =
            MemoryCost.Fifo(3L * pe.PixelLanes * pe.InputLanes, f.Window)
            + MemoryCost.Fifo(3L * pe.OutputLanes * pe.InputLanes, f.Weight)
            + MemoryCost.Fifo(partial, f.PartialSum)
            + (2 * MemoryCost.Fifo(sum, f.Sum))
            + (3 * MemoryCost.Fifo(2L * d.Norm.Lanes, f.Bits))
            + (2 * MemoryCost.Fifo(32L * d.Norm.Lanes, f.Values))
            + MemoryCost.Fifo(32L * d.Norm.Lanes, f.Read)
            + (2 * (MemoryCost.Fifo(reply, f.Read) + MemoryCost.Fifo(pe.PixelLanes * 24L, f.Read)))
            + (4 * MemoryCost.Fifo(DataBits, f.Data));
        return new ComponentResources("channels", count, Text($"window {3 * pe.PixelLanes * pe.InputLanes}, weight {3 * pe.OutputLanes * pe.InputLanes}, partial sum {partial}, 2 x sum {sum}, 3 x bits {2 * d.Norm.Lanes}, 2 x values and shortcut {32 * d.Norm.Lanes}, 2 x read {reply} and 4 x data {DataBits} bits; two words in registers, more in LUTRAM"));
    }

    /// <summary>Three ports (frames, parameters, results), each with the crossings of five AXI channels.</summary>
    private static ComponentResources Memory(AcceleratorDesign d)
    {
        int depth = d.Clocks.CrossingDepth;
        ResourceCount port = (2 * MemoryCost.Fifo(DataBits, depth)) + (2 * MemoryCost.Fifo(AddressBits, depth)) + MemoryCost.Fifo(8, depth);
        return new ComponentResources("dma", 3 * (DmaEngine + port), Text($"3 engines of {DmaEngine.Lut} LUT + {DmaEngine.Ff} FF (allowance, unconfirmed) with crossings of {depth} beats in LUTRAM; the HBM controllers are hard blocks"));
    }

    private static ComponentResources Sequencer() => new("sequencer", SequencerAllowance, "allowance, unconfirmed");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
