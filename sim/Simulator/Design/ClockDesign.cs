namespace BcnnSim.Design;

/// <summary>Clocks in whole kilohertz and the crossings between them.</summary>
public sealed record ClockDesign
{
    [Parameter("kHz", 1000, 1000000, "clock of the array and all on-chip blocks")]
    public required long ArrayKilohertz { get; init; }

    [Parameter("kHz", 1000, 600000, "AXI ports and memory controllers; DRAM runs at exactly twice this (U280: at most 450000)")]
    public required long AxiKilohertz { get; init; }

    [Parameter("edges", 2, 8, "destination edges until a crossing beat is visible (k)")]
    public required int CrossingForwardEdges { get; init; }

    [Parameter("edges", 2, 8, "source edges until freed crossing space is usable (m)")]
    public required int CrossingBackwardEdges { get; init; }

    [Parameter("beats", 2, 512, "depth of each clock crossing")]
    public required int CrossingDepth { get; init; }
}
