namespace BcnnSim.Design;

/// <summary>Controllers and DRAM of the two stacks. Policy where the vendor is silent is ours (hbm.md section 1).</summary>
public sealed record HbmDesign
{
    /// <summary>Address map inside a pseudo-channel.</summary>
    [Choice("address map inside a pseudo-channel")]
    public required AddressMapKind AddressMap { get; init; }

    /// <summary>First ready, first come, first served; off = column commands in order of arrival.</summary>
    [Choice("reordering by the controller: oldest ready row hit first; off = column commands in order of arrival")]
    public required bool Reordering { get; init; }

    [Parameter("requests", 1, 64, "32-byte requests a pseudo-channel's reorder window holds; row commands look ahead over all of them")]
    public required int ReorderWindow { get; init; }

    [Parameter("commands", 1, 16, "rows opened ahead of their first column command, per pseudo-channel")]
    public required int CommandQueue { get; init; }

    [Parameter("requests", 1, 4096, "how often a request may be bypassed before it goes first")]
    public required int AgeLimit { get; init; }

    [Parameter("requests", 1, 4096, "column commands of one direction while a ready one of the other waits")]
    public required int DirectionSwitchLimit { get; init; }

    /// <summary>Open or closed page.</summary>
    [Choice("whether rows stay open")]
    public required PagePolicy PagePolicy { get; init; }

    /// <summary>Refresh mode.</summary>
    [Choice("refresh: all banks at once, one bank after the other, or off")]
    public required RefreshMode Refresh { get; init; }

    /// <summary>Timing in DRAM clocks.</summary>
    public required HbmTiming Timing { get; init; }
}
