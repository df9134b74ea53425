namespace BcnnSim.Reporting;

/// <summary>One layer of one frame, idle machine.</summary>
public sealed record LayerReport
{
    public required string Name { get; init; }

    /// <summary>For example "32x32x3 -> 5x5 s1 p2 -> 32x32x24".</summary>
    public required string Shape { get; init; }

    /// <summary>From the sequencer's command to the completion of the layer.</summary>
    public required long Cycles { get; init; }

    /// <summary>Cycles in which the array worked.</summary>
    public required long ArrayCycles { get; init; }

    /// <summary>Lane-operations / lanes: no schedule on these lanes is faster.</summary>
    public required double IdealCycles { get; init; }

    /// <summary>Closed form without stalls.</summary>
    public required long EstimatedCycles { get; init; }

    /// <summary>Conventional complex MACs (bit planes counted).</summary>
    public required long LaneOperations { get; init; }

    public required double Utilization { get; init; }

    public required double EffectiveUtilization { get; init; }

    public required LossReport Losses { get; init; }

    /// <summary>"compute", "window" or "norm": what the closed form says limits it.</summary>
    public required string Bound { get; init; }

    /// <summary>Array cycles lost, by the empty or full channel that caused them.</summary>
    public required IReadOnlyDictionary<string, long> StallCycles { get; init; }

    /// <summary>Activation bytes read by the line buffer, written behind the norm, weight bytes streamed to the array.</summary>
    public required long ActivationReadBytes { get; init; }

    public required long ActivationWriteBytes { get; init; }

    public required long WeightBytes { get; init; }

    /// <summary>Bytes of 16-bit values read from and written to the shortcut map.</summary>
    public required long ShortcutReadBytes { get; init; }

    public required long ShortcutWriteBytes { get; init; }

    /// <summary>Saturated values of all frames; null where the layer has bits only.</summary>
    public required SaturationReport? Saturations { get; init; }
}
