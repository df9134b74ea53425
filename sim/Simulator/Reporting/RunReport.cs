using System.Text.Json.Serialization;

namespace BcnnSim.Reporting;

/// <summary>
/// Result of one network on one design (accelerator.md section 4 defines every figure). Pure data; serialised by ReportFile under
/// schema "bcnnsim.run/1". Cycles are array-clock cycles.
/// </summary>
public sealed record RunReport
{
    public required string Network { get; init; }

    /// <summary>A shape without trained weights was run: cycles mean something, values nothing.</summary>
    public required bool TimingOnly { get; init; }

    /// <summary>SHA-256 over the network's layers and weights.</summary>
    public required string NetworkHash { get; init; }

    public required string Design { get; init; }

    public required double ClockMHz { get; init; }

    public required int FramesInFlight { get; init; }

    public required int Frames { get; init; }

    /// <summary>One frame, idle machine, weights loaded, one frame in flight.</summary>
    public required long LatencyCycles { get; init; }

    public required double LatencyMicroseconds { get; init; }

    /// <summary>Latency with the stated frames in flight.</summary>
    public required LatencyReport LoadedLatencyCycles { get; init; }

    /// <summary>(Completion of the last frame - completion of frame w) / frames between; null with fewer than 16 frames between.</summary>
    public required double? IntervalCycles { get; init; }

    /// <summary>The interval as an exact fraction "cycles/frames".</summary>
    public required string IntervalFraction { get; init; }

    public required double FpsByLatency { get; init; }

    public required double? FpsByInterval { get; init; }

    /// <summary>Lane-operations / (lanes x latency cycles).</summary>
    public required double Utilization { get; init; }

    /// <summary>Lane-operations / (lanes x interval cycles).</summary>
    public required double? UtilizationSteady { get; init; }

    /// <summary>As Utilization, padded taps and masked weights left out.</summary>
    public required double EffectiveUtilization { get; init; }

    /// <summary>Shares of lanes x latency cycles; with EffectiveUtilization they sum to 1.</summary>
    public required LossReport Losses { get; init; }

    public required string InputShape { get; init; }

    public required int InputBits { get; init; }

    public required double PruningRate { get; init; }

    public required int Lanes { get; init; }

    /// <summary>Cycles to load weights and constants before the first frame.</summary>
    public required long InitialLoadCycles { get; init; }

    /// <summary>Frames compared with the reference executor, every intermediate map and every score.</summary>
    public required int FramesChecked { get; init; }

    public required long Mismatches { get; init; }

    public required AccuracyReport? Accuracy { get; init; }

    public required IReadOnlyList<LayerReport> Layers { get; init; }

    /// <summary>Cycles by reason of every component, over the whole run; each row sums to the run's cycles.</summary>
    public required IReadOnlyList<ActivityReport> Stalls { get; init; }

    public required IReadOnlyList<MemoryReport> Memory { get; init; }

    /// <summary>What the design takes of the board, estimated.</summary>
    public required ResourceReport Resources { get; init; }

    /// <summary>Committed claims for which the network is evidence.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>What the figures are conditional on, in words.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>Each replica; absent where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReplicaReport>? Replicas { get; init; }

    /// <summary>Weights are fetched within every frame: part of the latency; absent where they stay on chip.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StreamedWeights { get; init; }

    /// <summary>Every frame, where asked for; absent from the report otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FrameResult>? FrameResults { get; init; }

    /// <summary>Utilization over the cycles of all layers but the first, whose bit planes weigh most; null for a single layer.</summary>
    public double? UtilizationBehindFirstLayer() =>
        Layers.Count > 1 ? Layers.Skip(1).Sum(layer => layer.IdealCycles) / Layers.Skip(1).Sum(layer => layer.Cycles) : null;
}
