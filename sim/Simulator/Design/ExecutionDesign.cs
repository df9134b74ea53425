namespace BcnnSim.Design;

/// <summary>How frames follow each other.</summary>
public sealed record ExecutionDesign
{
    [Parameter("frames", 1, 64, "frames between their first read address and their write response at once, per replica")]
    public required int FramesInFlight { get; init; }

    [Parameter("replicas", 1, 8, "copies of the accelerator that share the memory; frames go to them in turn")]
    public required int Replicas { get; init; }
}
