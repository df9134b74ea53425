using System.Globalization;
using BcnnSim.Design;
using BcnnSim.Hardware;
using BcnnSim.Hardware.Buffers;
using BcnnSim.Hardware.Compute;
using BcnnSim.Hardware.Hbm;
using BcnnSim.Kernel;
using BcnnSim.Mapping;
using BcnnSim.Networks;
using BcnnSim.Observation.Statistics;

namespace BcnnSim.Reporting;

/// <summary>Turns meters into a <see cref="RunReport"/>: the only place where ratios are computed.</summary>
internal sealed class ReportBuilder(Network network, AcceleratorDesign design, RunOptions options, MeasuredRun idle, MeasuredRun loaded)
{
    private readonly AcceleratorProgram program = idle.First.Machine.Program;
    private readonly int lanes = design.PeArray.OutputLanes * design.PeArray.PixelLanes * design.PeArray.InputLanes;

    public RunReport Build()
    {
        long latency = idle.First.FrameTimes.Ends[0] - idle.First.FrameTimes.Starts[0];
        (long cycles, long frames) = Interval([.. Enumerable.Range(0, loaded.Finished).Select(i => loaded.TimesOf(i).End).Order()], Replicas);
        double hertz = design.Clocks.ArrayKilohertz * 1000.0;
        double? interval = frames == 0 ? null : (double)cycles / frames;
        LaneAccounting total = program.Layers.Select(LaneAccounting.Of).Aggregate((a, b) => a + b);
        return new RunReport
        {
            Network = network.Name,
            TimingOnly = network.TimingOnly,
            NetworkHash = NetworkHash.Of(network),
            Design = design.Name,
            ClockMHz = design.Clocks.ArrayKilohertz / 1000.0,
            FramesInFlight = design.Execution.FramesInFlight,
            Frames = loaded.Finished,
            LatencyCycles = latency,
            LatencyMicroseconds = latency / hertz * 1e6,
            LoadedLatencyCycles = LoadedLatency(),
            IntervalCycles = interval,
            IntervalFraction = IntervalText(cycles, frames, Replicas),
            FpsByLatency = hertz / latency,
            FpsByInterval = hertz / interval,
            Utilization = program.LaneOperations / ((double)lanes * latency),
            UtilizationSteady = program.LaneOperations / (lanes * Replicas * interval),
            EffectiveUtilization = total.Useful / ((double)lanes * latency),
            Losses = Losses(total, latency),
            InputShape = $"{network.Input.Height}x{network.Input.Width}x{network.Input.Channels}",
            InputBits = network.Input.InputBits,
            PruningRate = network.Pruning.Rate,
            Lanes = lanes,
            InitialLoadCycles = idle.First.FrameTimes.Starts[0],
            FramesChecked = loaded.Replicas.Sum(r => r.Checker?.FramesChecked ?? 0),
            Mismatches = loaded.Replicas.Sum(r => r.Checker?.Mismatches ?? 0),
            Accuracy = Accuracy(),
            Layers = [.. program.Layers.Select(Layer)],
            Stalls = [.. loaded.Simulation.Components.Where(Works).Select(ComponentActivity)],
            Memory = [.. loaded.Memory.PseudoChannels.Select(Memory)],
            Resources = ResourceReport.Of(design),
            Claims = [],
            Conditions = Conditions(),
            Replicas = Replicas == 1 ? null : [.. loaded.Replicas.Select(Replica)],
            StreamedWeights = program.StreamsWeights,
        };
    }

    private int Replicas => design.Execution.Replicas;

    /// <summary>Completion of the last frame minus completion of frame w; w = frames in flight of all replicas counted, at least 16 frames between.</summary>
    private (long Cycles, long Frames) Interval(IReadOnlyList<long> ends, int replicas)
    {
        // Replicas may complete together, one frame each: only whole rounds give their rate.
        int between = ends.Count - 1 - (design.Execution.FramesInFlight * replicas);
        between -= between > 0 ? between % replicas : 0;
        return between < 16 ? (0, 0) : (ends[^1] - ends[ends.Count - 1 - between], between);
    }

    private string IntervalText(long cycles, long frames, int replicas) =>
        frames == 0 ? $"not measured: needs {(design.Execution.FramesInFlight * replicas) + ((16 + replicas - 1) / replicas * replicas) + 1} frames" : $"{cycles}/{frames}";

    private ReplicaReport Replica(ReplicaMeters meters, int number)
    {
        (long cycles, long frames) = Interval(meters.FrameTimes.Ends, 1);
        double? interval = frames == 0 ? null : (double)cycles / frames;
        return new ReplicaReport(number, meters.FrameTimes.Ends.Count, interval, IntervalText(cycles, frames, 1), design.Clocks.ArrayKilohertz * 1000.0 / interval);
    }

    private LatencyReport LoadedLatency()
    {
        long[] sorted = [.. Enumerable.Range(0, loaded.Finished).Select(i => loaded.TimesOf(i)).Select(t => t.End - t.Start).Order()];
        int rank = (int)Math.Ceiling(0.99 * sorted.Length) - 1;
        return new LatencyReport(sorted[0], sorted.Average(), sorted[rank], sorted[^1]);
    }

    private LossReport Losses(in LaneAccounting part, long cycles)
    {
        double all = (double)lanes * cycles;
        long worked = part.Useful + part.Padding + part.Masked + part.TapRemainder + part.ChannelRemainder + part.PixelRemainder;
        return new LossReport(
            part.Padding / all, part.TapRemainder / all, part.ChannelRemainder / all, part.PixelRemainder / all, part.Masked / all, (all - worked) / all);
    }

    private AccuracyReport? Accuracy()
    {
        if (network.TimingOnly)
        {
            return null;
        }

        List<FrameResult> labelled = [.. loaded.Results().Where(r => r.Label >= 0)];
        return labelled.Count == 0 ? null : new AccuracyReport(labelled.Count, labelled.Count(r => r.Label == r.Class));
    }

    private LayerReport Layer(LayerPlan plan)
    {
        LayerSpan span = idle.First.Layers.Spans[plan.Index];
        CycleEstimate estimate = CycleEstimate.Of(plan, program.Design);
        LaneAccounting part = LaneAccounting.Of(plan);
        double all = (double)lanes * span.Cycles;
        int pi = plan.Lanes.Input;
        return new LayerReport
        {
            Name = plan.Name,
            Shape = plan.ShapeText,
            Cycles = span.Cycles,
            ArrayCycles = plan.ArrayCycles,
            IdealCycles = (double)plan.LaneOperations / lanes,
            EstimatedCycles = estimate.Cycles,
            LaneOperations = plan.LaneOperations,
            Utilization = plan.LaneOperations / all,
            EffectiveUtilization = part.Useful / all,
            Losses = Losses(part, span.Cycles),
            Bound = estimate.Bound,
            StallCycles = ArrayStalls(span),
            ActivationReadBytes = plan.BuildSteps * plan.Convolution.Pixels * plan.SourceWordChannels / 4,
            ActivationWriteBytes = plan.EmitsValues && !plan.Sinks.Bits ? 0 : ((2L * plan.Output.Pixels * plan.Output.Channels) + 7) / 8,
            WeightBytes = plan.ArrayCycles * plan.Lanes.Output * pi / 4,
            ShortcutReadBytes = plan.AddsShortcut ? 4L * plan.Output.Pixels * plan.Output.Channels : 0,
            ShortcutWriteBytes = plan.Sinks.Shortcut ? 4L * plan.Output.Pixels * plan.Output.Channels : 0,
            Saturations = Saturations(plan),
        };
    }

    private SaturationReport? Saturations(LayerPlan plan) => plan.EmitsValues
        ? new SaturationReport(
            loaded.Replicas.Sum(r => r.Saturations.Norm[plan.Index]), loaded.Replicas.Sum(r => r.Saturations.Add[plan.Index]), loaded.Replicas.Sum(r => r.Saturations.Components[plan.Index]))
        : null;

    private SortedDictionary<string, long> ArrayStalls(LayerSpan span)
    {
        SortedDictionary<string, long> stalls = new(StringComparer.Ordinal);
        for (int code = 0; code < span.ArrayActivity.Length; code++)
        {
            if (span.ArrayActivity[code] > 0 && code / Activity.MaxChannels != (int)ActivityReason.Busy)
            {
                stalls.Add(ActivityMeter.NameOf(idle.First.Machine.PeArray, code), span.ArrayActivity[code]);
            }
        }

        return stalls;
    }

    /// <summary>The units for values rest from beginning to end in a network that has none: no line of its own.</summary>
    private bool Works(Component component) => program.HasValues || component is not (ResidualUnit or ShortcutBuffer);

    private ActivityReport ComponentActivity(Component component)
    {
        long end = loaded.CyclesOf(component.Clock);
        long[] codes = loaded.Activity.Snapshot(component, end);
        SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);
        for (int code = 0; code < codes.Length; code++)
        {
            if (codes[code] > 0)
            {
                reasons.Add(ActivityMeter.NameOf(component, code), codes[code]);
            }
        }

        if (reasons.Values.Sum() != end)
        {
            throw new ModelException(component, end, null, $"cycle accounting sums to {reasons.Values.Sum()}");
        }

        return new ActivityReport(component.Name, component.Clock.Name, end, reasons);
    }

    private MemoryReport Memory(int pseudoChannel)
    {
        HbmStatistics s = loaded.Memory.Statistics(pseudoChannel);
        double seconds = loaded.Cycles / (design.Clocks.ArrayKilohertz * 1000.0);
        long bytes = (s.ReadBeats + s.WriteBeats) * MemoryPlan.BeatBytes;
        return new MemoryReport
        {
            Stream = loaded.NameOf(pseudoChannel),
            PseudoChannel = pseudoChannel,
            ReadBytes = s.ReadBeats * MemoryPlan.BeatBytes,
            WriteBytes = s.WriteBeats * MemoryPlan.BeatBytes,
            BytesPerSecond = bytes / seconds,
            PeakBytesPerSecond = design.Clocks.AxiKilohertz * 1000.0 * MemoryPlan.BeatBytes,
            RowHits = s.RowHits,
            RowMisses = s.RowMisses,
            RowConflicts = s.RowConflicts,
            Refreshes = s.Refreshes,
        };
    }

    private List<string> Conditions() =>
    [
        .. loaded.Finished < options.Frames ? [$"interrupted after {loaded.Finished} of {options.Frames} frames"] : Array.Empty<string>(),
        .. network.TimingOnly ? ["timing only: weights and frames are a fixed pattern, there is no accuracy and nothing was checked"] : Array.Empty<string>(),
        string.Create(CultureInfo.InvariantCulture, $"{design.Clocks.ArrayKilohertz / 1000.0} MHz array clock; clock not closed by place and route"),
        $"latency: one frame on the idle machine, {(program.StreamsWeights ? "weights streamed within the frame" : "weights resident and loaded")}, one frame in flight{(Replicas == 1 ? "" : ", one replica alone")}",
        string.Create(CultureInfo.InvariantCulture, $"interval: {design.Execution.FramesInFlight} frames in flight{(Replicas == 1 ? ", one replica" : $" in each of {Replicas} replicas, frames to them in turn")}"),
        "pruning rate: dense / kept complex weights of all binary convolutions",
        .. BlockNote.Of(network.Pruning, design.PeArray) is string blocks ? [blocks] : Array.Empty<string>(),
        "host transfer of frames and results not included",
        Replicas == 1 ? "memory: one in-order pseudo-channel per stream" : "memory: in-order pseudo-channels, streams of one and the same take turns burst by burst",
        .. PipelineDepths.Warnings(design).Select(w => $"warning: {w}"),
    ];
}
