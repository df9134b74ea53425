namespace BcnnSim.Design;

/// <summary>Two halves (ping-pong) of packed quadrant words.</summary>
public sealed record ActivationBufferDesign
{
    [Parameter("banks", 1, 256, "banks per half, one read and one write port each; pixel i lies in bank i mod banks")]
    public required int Banks { get; init; }

    [Parameter("channels", 1, 64, "complex channels of one word")]
    public required int WordChannels { get; init; }

    [Parameter("words", 1, 1048576, "words per bank and half")]
    public required int WordsPerBank { get; init; }

    [Parameter("cycles", 1, 8, "read latency")]
    public required int ReadLatency { get; init; }

    /// <summary>Memory the banks are made of.</summary>
    [Choice("memory primitive of the banks")]
    public required MemoryKind Memory { get; init; }
}
