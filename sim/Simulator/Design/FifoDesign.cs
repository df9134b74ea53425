namespace BcnnSim.Design;

/// <summary>Depths of the FIFOs between blocks.</summary>
public sealed record FifoDesign
{
    [Parameter("beats", 1, 64, "window words to the array")]
    public required int Window { get; init; }

    [Parameter("beats", 1, 64, "weight words to the array")]
    public required int Weight { get; init; }

    [Parameter("beats", 1, 64, "partial sums to the accumulators")]
    public required int PartialSum { get; init; }

    [Parameter("beats", 1, 64, "sums to pooling and norm")]
    public required int Sum { get; init; }

    [Parameter("beats", 1, 64, "bits behind the norm")]
    public required int Bits { get; init; }

    [Parameter("beats", 1, 64, "16-bit values behind the norm and behind the residual add")]
    public required int Values { get; init; }

    [Parameter("beats", 1, 64, "activation and shortcut read requests and replies")]
    public required int Read { get; init; }

    [Parameter("beats", 1, 64, "commands and completions of the sequencer")]
    public required int Command { get; init; }

    [Parameter("beats", 1, 64, "data between DMA and buffers")]
    public required int Data { get; init; }
}
