namespace BcnnSim.Reporting;

/// <summary>What drove a run of the memory alone, defaults included; null where an option does not apply.</summary>
public sealed record HbmOptions
{
    /// <summary>As a report names it; null for a pattern.</summary>
    public required string? Trace { get; init; }

    public required string? TraceFormat { get; init; }

    public required string? Pattern { get; init; }

    public required long? StrideBytes { get; init; }

    public required long? WorkingSetBytes { get; init; }

    /// <summary>In all; null for a trace that comes through a pipe.</summary>
    public required long? Requests { get; init; }

    /// <summary>Requests per port; null = up to the port's beats.</summary>
    public required int? Outstanding { get; init; }

    public required double? WriteShare { get; init; }

    /// <summary>Null where a trace says it line by line.</summary>
    public required int? BytesPerRequest { get; init; }

    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Null for a trace: its addresses say.</summary>
    public required IReadOnlyList<int>? PseudoChannels { get; init; }

    /// <summary>Which port's requests go where, in words.</summary>
    public required string Pairing { get; init; }

    /// <summary>"rotate" or "one".</summary>
    public required string Id { get; init; }

    public required double PortMegahertz { get; init; }

    public required bool SwitchOn { get; init; }

    public required long? Seed { get; init; }
}
