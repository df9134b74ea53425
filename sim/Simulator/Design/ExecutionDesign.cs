namespace BcnnSim.Design;

/// <summary>How frames follow each other.</summary>
public sealed record ExecutionDesign
{
    [Parameter("frames", 1, 64, "frames between their first read address and their write response at once")]
    public required int FramesInFlight { get; init; }
}
