namespace BcnnSim.Design;

/// <summary>AXI path between port and controller.</summary>
public sealed record AxiDesign
{
    /// <summary>Whether the switch is in the path.</summary>
    [Choice("whether the AXI switch of the memory is in the path")]
    public required bool SwitchOn { get; init; }

    [Parameter("cycles", 0, 200, "round trip of controller, PHY and AXI in AXI cycles, switch off")]
    public required int FixedPathCycles { get; init; }

    [Parameter("cycles", 0, 200, "added round trip of the switch inside one mini-switch")]
    public required int SwitchPathCycles { get; init; }
}
