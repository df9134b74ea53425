using BcnnSim.Numerics;

namespace BcnnSim.Design;

/// <summary>Po x Pp x Pi binary complex lanes.</summary>
public sealed record PeArrayDesign
{
    [Parameter("lanes", 1, 64, "output channels in parallel (Po)")]
    public required int OutputLanes { get; init; }

    [Parameter("lanes", 1, 64, "output pixels in parallel (Pp)")]
    public required int PixelLanes { get; init; }

    [Parameter("lanes", 1, 64, "taps in parallel (Pi)")]
    public required int InputLanes { get; init; }

    /// <summary>Circuit of the complex dot product: four, three or two popcounts.</summary>
    [Choice("popcounts per complex dot product; all three give the same bits")]
    public required PeKind Kind { get; init; }

    [Parameter("stages", 1, 32, "register stages from operands to partial sums")]
    public required int PipelineDepth { get; init; }
}
