namespace BcnnSim.Reporting;

/// <summary>One pseudo-channel over a run of the memory alone.</summary>
public sealed record PseudoChannelReport
{
    public required int PseudoChannel { get; init; }

    public required long Requests { get; init; }

    /// <summary>Of completed requests, as asked for.</summary>
    public required long ReadBytes { get; init; }

    public required long WriteBytes { get; init; }

    /// <summary>Bytes / seconds of the whole run.</summary>
    public required double? BytesPerSecond { get; init; }

    public required double? ShareOfPeak { get; init; }

    /// <summary>32-byte bursts whose row was open.</summary>
    public required long RowHits { get; init; }

    /// <summary>Bursts that found their bank closed.</summary>
    public required long RowMisses { get; init; }

    /// <summary>Bursts that found another row open.</summary>
    public required long RowConflicts { get; init; }

    public required long Refreshes { get; init; }
}
