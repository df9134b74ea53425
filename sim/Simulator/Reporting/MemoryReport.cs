namespace BcnnSim.Reporting;

/// <summary>One pseudo-channel over the run.</summary>
public sealed record MemoryReport
{
    public required string Stream { get; init; }

    public required int PseudoChannel { get; init; }

    public required long ReadBytes { get; init; }

    public required long WriteBytes { get; init; }

    /// <summary>Bytes / run time.</summary>
    public required double BytesPerSecond { get; init; }

    public required double PeakBytesPerSecond { get; init; }

    public required long RowHits { get; init; }

    public required long RowMisses { get; init; }

    public required long RowConflicts { get; init; }

    public required long Refreshes { get; init; }
}
