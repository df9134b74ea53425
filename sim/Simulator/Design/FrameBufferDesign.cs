namespace BcnnSim.Design;

/// <summary>Input frames on chip, plane by plane.</summary>
public sealed record FrameBufferDesign
{
    [Parameter("banks", 1, 256, "banks, one read and one write port each; pixel i lies in bank i mod banks")]
    public required int Banks { get; init; }

    [Parameter("channels", 1, 64, "complex channels of one word (a power of two: 2 x channels bits fill the 256-bit beat evenly)")]
    public required int WordChannels { get; init; }

    [Parameter("words", 1, 1048576, "words per bank and frame slot")]
    public required int WordsPerBank { get; init; }

    [Parameter("frames", 1, 8, "frames held at once")]
    public required int Slots { get; init; }

    [Parameter("cycles", 1, 8, "read latency")]
    public required int ReadLatency { get; init; }
}
