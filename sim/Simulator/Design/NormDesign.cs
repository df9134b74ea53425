namespace BcnnSim.Design;

/// <summary>Folded batch norm.</summary>
public sealed record NormDesign
{
    [Parameter("lanes", 1, 4096, "complex sums per cycle (Nn): also the width of a drained sum beat")]
    public required int Lanes { get; init; }

    [Parameter("stages", 1, 16, "register stages")]
    public required int PipelineDepth { get; init; }

    [Parameter("channels", 1, 65536, "channels of constants on chip, all layers together")]
    public required int TableChannels { get; init; }
}
