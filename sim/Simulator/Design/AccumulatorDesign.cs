namespace BcnnSim.Design;

/// <summary>Two banks of Po x Pp complex accumulators.</summary>
public sealed record AccumulatorDesign
{
    [Parameter("bits", 8, 32, "width of one accumulator component, two-s complement; checked against every layer")]
    public required int Bits { get; init; }
}
