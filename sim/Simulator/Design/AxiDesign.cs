namespace BcnnSim.Design;

/// <summary>AXI path between port and controller (hbm.md sections 1 and 3).</summary>
public sealed record AxiDesign
{
    /// <summary>Whether the switch is in the path.</summary>
    [Choice("whether the AXI switch of the memory is in the path; off = port p reaches pseudo-channel p only")]
    public required bool SwitchOn { get; init; }

    [Parameter("cycles", 2, 200, "round trip of controller, PHY and AXI in AXI cycles, switch off")]
    public required int FixedPathCycles { get; init; }

    [Parameter("cycles", 2, 200, "added round trip of the switch inside one mini-switch")]
    public required int SwitchPathCycles { get; init; }

    [Parameter("cycles", 2, 200, "added round trip of a boundary between mini-switches of one stack, even")]
    public required int BoundaryCycles { get; init; }

    [Parameter("cycles", 2, 200, "added round trip of the boundary between the stacks, even")]
    public required int StackBoundaryCycles { get; init; }

    [Parameter("beats", 1, 1024, "read beats a port may have outstanding")]
    public required int MaxOutstandingReads { get; init; }

    [Parameter("beats", 1, 1024, "write beats a port may have outstanding")]
    public required int MaxOutstandingWrites { get; init; }
}
