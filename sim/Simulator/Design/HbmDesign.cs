namespace BcnnSim.Design;

/// <summary>DRAM behind one AXI port.</summary>
public sealed record HbmDesign
{
    /// <summary>Address map inside a pseudo-channel.</summary>
    [Choice("address map inside a pseudo-channel")]
    public required AddressMapKind AddressMap { get; init; }

    [Parameter("requests", 1, 64, "beats the controller looks ahead for row commands; column commands stay in order")]
    public required int LookAhead { get; init; }

    [Parameter("bursts", 1, 64, "AXI bursts a controller holds")]
    public required int QueuedBursts { get; init; }

    /// <summary>All-bank refresh on or off.</summary>
    [Choice("all-bank refresh on or off")]
    public required bool Refresh { get; init; }

    /// <summary>Timing in DRAM clocks.</summary>
    public required HbmTiming Timing { get; init; }
}
