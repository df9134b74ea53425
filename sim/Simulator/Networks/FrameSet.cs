namespace BcnnSim.Networks;

/// <summary>Frames of one shape.</summary>
public sealed record FrameSet(FrameShape Shape, IReadOnlyList<Frame> Frames);
