using BcnnSim.Design;

namespace BcnnSim.Mapping;

/// <summary>
/// Closed-form cycles of one layer, from the sequencer's command to the layer's completion, on an idle machine. Exact where nothing
/// stalls: no bank conflict, every later window built in time (<see cref="BuildCycles"/> within a tile's replay), every tile drained
/// within the next (<see cref="DrainBeats"/> within a group's words), weights on chip in time, channels of depth two or more.
/// </summary>
public sealed record CycleEstimate
{
    /// <summary>Command to completion.</summary>
    public required long Cycles { get; init; }

    /// <summary>Cycles in which the array works.</summary>
    public required long ArrayCycles { get; init; }

    /// <summary>Command to the first window word at the array's input.</summary>
    public required long StartCycles { get; init; }

    /// <summary>Array cycles lost at the first tile while its words are still being gathered.</summary>
    public required long FirstTileCycles { get; init; }

    /// <summary>Last window word to completion: array, accumulators, pooling, norm, write.</summary>
    public required long EndCycles { get; init; }

    /// <summary>Reads to build one tile's windows.</summary>
    public required long BuildCycles { get; init; }

    /// <summary>Array cycles of one tile: planes x words sent to all groups.</summary>
    public required long TileCycles { get; init; }

    /// <summary>Beats to drain one full tile-group; overlaps the next group's planes x words cycles, at least those of the shortest list.</summary>
    public required long DrainBeats { get; init; }

    /// <summary>"compute", "window", "norm", or "weight" where streamed weights are not shown to be on chip in time.</summary>
    public required string Bound { get; init; }

    /// <summary>Whether the form is exact apart from bank conflicts.</summary>
    public bool Exact => Bound == "compute" && FullRate;

    /// <summary>Whether the design moves one beat per cycle everywhere: FIFOs of two or more, enough reads in flight to hide the read latency.</summary>
    public required bool FullRate { get; init; }

    public static CycleEstimate Of(LayerPlan plan, AcceleratorDesign design)
    {
        int readLatency = plan.ReadsFrame ? design.FrameBuffer.ReadLatency : design.ActivationBuffer.ReadLatency;

        // Hops from the command's push: line buffer pops it (1), pushes the first read (2), the buffer pops it (3), the reply is pushed
        // (3 + latency), popped (4 + latency); its word may be replayed in the cycle after.
        long start = 5 + readLatency;
        long firstTile = plan.Sent.Skipped == 0 ? FirstTileLag(plan) : FirstTileLagOfLists(plan);
        long weightStart = 1 + design.WeightBuffer.ReadLatency;
        long lastWord = Math.Max(start + firstTile, weightStart) + plan.ArrayCycles - 1;

        // Array pops (1), its pipeline, accumulators pop (1) and begin to drain (1), the beats, pool (1), norm (1) and its pipeline, max pool
        // (1), write or classify (1): completion is pushed with the last write. Values pass the residual unit instead of max pooling.
        long end = 6 + design.PeArray.PipelineDepth + LastBeats(plan, design) + design.Norm.PipelineDepth + ResidualCycles(plan, design);
        long words = (long)plan.Planes * plan.Sent.Fewest;
        long tile = (long)plan.Planes * plan.Sent.Total;
        long drain = Beats(plan.Lanes.Pixel, plan.Lanes.Output, design);
        long roundTrip = readLatency + 2;
        long stepCycles = (roundTrip + design.LineBuffer.ReadsInFlight - 1) / design.LineBuffer.ReadsInFlight;
        long build = (plan.BuildSteps * stepCycles) + 4 + readLatency;
        return new CycleEstimate
        {
            Cycles = lastWord + end,
            ArrayCycles = plan.ArrayCycles,
            StartCycles = start,
            FirstTileCycles = firstTile,
            EndCycles = end,
            BuildCycles = build,
            TileCycles = tile,
            DrainBeats = drain,
            FullRate = stepCycles == 1 && FifosAtFullRate(design.Fifos) && PoolAtFullRate(plan, design) && ResidualAtFullRate(plan, design),
            Bound = !plan.WeightsAhead ? "weight" : drain > words ? "norm" : build > tile && plan.Tiles > 1 ? "window" : "compute",
        };
    }

    /// <summary>How far the gathering of the first tile runs behind one word per cycle: max over words of (read that completes it) - (its place).</summary>
    private static long FirstTileLag(LayerPlan plan)
    {
        int pi = plan.Lanes.Input;
        long laterPlanes = Math.Max(0, (plan.Planes - 1) * ((long)plan.Steps.Count - plan.Words));
        long lag = 0;
        int taps = 0;
        for (int step = 0; step < plan.Steps.Count; step++)
        {
            // The first word this read completes is the one that waits for it longest.
            int word = taps / pi;
            taps += plan.Steps[step].Kept;
            bool completes = taps / pi > word || taps == plan.Taps;
            lag = completes ? Math.Max(lag, step - word + laterPlanes) : lag;
        }

        return lag;
    }

    /// <summary>The same where groups leave words out: the places of all groups' words count, and the tile's last word waits for the last read.</summary>
    private static long FirstTileLagOfLists(LayerPlan plan)
    {
        long[] readOfWord = new long[plan.Words];
        int taps = 0;
        for (int step = 0; step < plan.Steps.Count; step++)
        {
            int word = taps / plan.Lanes.Input;
            taps += plan.Steps[step].Kept;
            int complete = taps == plan.Taps ? plan.Words : taps / plan.Lanes.Input;
            for (; word < complete; word++)
            {
                readOfWord[word] = step;
            }
        }

        long lag = 0;
        long place = 0;
        for (int group = 0; group < plan.Groups; group++)
        {
            for (int plane = 0; plane < plan.Planes; plane++)
            {
                foreach (int word in plan.Sent.Of(group))
                {
                    lag = Math.Max(lag, readOfWord[word] + ((long)plane * plan.Steps.Count) - place++);
                }
            }
        }

        return Math.Max(lag, plan.BuildSteps - place);
    }

    /// <summary>
    /// Beyond the one cycle of max pooling: the residual unit takes a value (1) and gives it in the cycle after (1); with a shortcut the buffer
    /// pops the request (1) and the reply, pushed after the read latency, is popped one cycle later (1).
    /// </summary>
    private static long ResidualCycles(LayerPlan plan, AcceleratorDesign design) =>
        !plan.EmitsValues ? 0 : plan.AddsShortcut ? design.ShortcutBuffer.ReadLatency + 2 : 1;

    /// <summary>Enough values wait to hide the read latency of the shortcut map.</summary>
    private static bool ResidualAtFullRate(LayerPlan plan, AcceleratorDesign design) =>
        !plan.EmitsValues || (design.Fifos.Values >= 2 && (!plan.AddsShortcut || design.Residual.ReadsInFlight >= design.ShortcutBuffer.ReadLatency + 2));

    private static bool FifosAtFullRate(FifoDesign f) =>
        Math.Min(Math.Min(f.Window, f.Weight), Math.Min(f.PartialSum, Math.Min(f.Sum, Math.Min(f.Bits, f.Read)))) >= 2;

    /// <summary>A pooling unit narrower than a beat takes several cycles for it.</summary>
    private static bool PoolAtFullRate(LayerPlan plan, AcceleratorDesign design) =>
        (plan.SumPool == 1 && plan.MaxPool == 1) || design.Pool.Lanes >= design.Norm.Lanes;

    /// <summary>Beats drained from the last tile-group: only its existing pixels and channels.</summary>
    private static long LastBeats(LayerPlan plan, AcceleratorDesign design)
    {
        int pixels = plan.Convolution.Pixels - ((plan.Tiles - 1) * plan.Lanes.Pixel);
        int channels = plan.Output.Channels - ((plan.Groups - 1) * plan.Lanes.Output);
        return Beats(pixels, channels, design);
    }

    /// <summary>Sum beats of pixels x channels: Nn wide, pixel by pixel.</summary>
    private static long Beats(int pixels, int channels, AcceleratorDesign design)
    {
        int po = design.PeArray.OutputLanes;
        int beatPixels = Math.Max(1, design.Norm.Lanes / po);
        int beatChannels = Math.Min(po, design.Norm.Lanes);
        return (long)((pixels + beatPixels - 1) / beatPixels) * ((channels + beatChannels - 1) / beatChannels);
    }
}
