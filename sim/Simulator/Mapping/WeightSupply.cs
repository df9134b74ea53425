using BcnnSim.Design;

namespace BcnnSim.Mapping;

/// <summary>
/// Whether streamed weights are on chip before they are needed, layer by layer, on an idle machine: sufficient conditions from the peak
/// rate of one pseudo-channel, its refresh and its round trip. The stream of a frame begins with the load of the frame.
/// </summary>
internal sealed class WeightSupply
{
    private readonly AcceleratorDesign design;
    private readonly MemoryPlan memory;

    /// <summary>Array cycles per AXI cycle.</summary>
    private readonly double clocks;

    private WeightSupply(MemoryPlan memory, AcceleratorDesign design)
    {
        this.memory = memory;
        this.design = design;
        clocks = (double)design.Clocks.ArrayKilohertz / design.Clocks.AxiKilohertz;
    }

    /// <summary>The layers with <see cref="LayerPlan.WeightsAhead"/> decided.</summary>
    public static List<LayerPlan> Of(IReadOnlyList<LayerPlan> layers, MemoryPlan memory, AcceleratorDesign design) =>
        new WeightSupply(memory, design).Decide(layers);

    /// <summary>Array cycles in which the memory gives nothing: one refresh with the rows it closes.</summary>
    private double Outage => ((design.Hbm.Refresh != RefreshMode.Off ? design.Hbm.Timing.TRfc : 0) + (2 * design.Hbm.Timing.TRc)) / 2.0 * clocks;

    /// <summary>Array cycles from a read command to its data on chip.</summary>
    private double RoundTrip => ((design.Axi.FixedPathCycles + design.Axi.SwitchPathCycles + (design.Hbm.Timing.TRc / 2) + 8) * clocks) + (2 * CrossingCycles) + 8;

    private int CrossingCycles => design.Clocks.CrossingForwardEdges + design.Clocks.CrossingBackwardEdges;

    /// <summary>Array cycles per beat in the long run.</summary>
    private double CyclesPerBeat
    {
        get
        {
            HbmTiming t = design.Hbm.Timing;

            // Only the default map spreads a sequential stream over bank groups at the short column distance; elsewhere rows and groups
            // are opened one after the other.
            bool interleaved = design.Hbm.AddressMap == AddressMapKind.Rgbcg && design.Hbm.ReorderWindow >= 32;
            double dram = (interleaved ? t.TCcdS : t.TRc) / 2.0 * clocks;
            double outstanding = RoundTrip / (design.Dma.OutstandingReads * design.Dma.MaxBurstBeats);
            double open = design.Hbm.Refresh != RefreshMode.Off ? 1 - ((double)t.TRfc / t.TRefi) : 1;
            double onChip = design.Fifos.Data >= 2 ? 1 : 2;
            return Math.Max(Math.Max(onChip, dram), outstanding) / open * 1.05;
        }
    }

    private List<LayerPlan> Decide(IReadOnlyList<LayerPlan> layers)
    {
        // A lower bound of the time from the frame's first read to its first layer.
        double start = memory.Frames.ItemBytes / MemoryPlan.BeatBytes * Math.Max(1, clocks);
        int capacity = design.WeightBuffer.Words;
        List<LayerPlan> decided = [];
        long words = 0;
        long beats = 0;
        double before = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            LayerPlan layer = layers[i];
            words += layer.Sent.Total;
            beats += memory.WeightBeats(layer);
            bool fromTheStart = words <= capacity && Load(beats) <= start;
            bool ahead = fromTheStart || (i > 0 && decided[i - 1].WeightsAhead && (WithinLayer(layers[i - 1], layer, before) || FasterThanArray(layer, before)));
            decided.Add(layer with { WeightsAhead = ahead });
            before = CycleEstimate.Of(layer, design).Cycles;
            start += before;
        }

        return decided;
    }

    /// <summary>The whole layer is fetched while the one before computes.</summary>
    private bool WithinLayer(LayerPlan previous, LayerPlan layer, double previousCycles) =>
        layer.WeightPasses == 1 && (long)previous.Sent.Total + layer.Sent.Total <= design.WeightBuffer.Words && Load(memory.WeightBeats(layer)) <= previousCycles;

    /// <summary>The stream gives more than the array takes, one word per cycle, and the ring bridges an outage.</summary>
    private bool FasterThanArray(LayerPlan layer, double previousCycles)
    {
        double cyclesPerWord = CyclesPerBeat * memory.WeightBeats(layer) / layer.Sent.Total;
        double bridge = (2 * Outage) + RoundTrip;
        return cyclesPerWord <= 0.9 && previousCycles >= bridge && design.WeightBuffer.Words >= bridge * 2;
    }

    private double Load(long beats) => (beats * CyclesPerBeat) + Outage + RoundTrip;
}
