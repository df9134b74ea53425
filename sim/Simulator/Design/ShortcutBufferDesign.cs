namespace BcnnSim.Design;

/// <summary>The one map of 16-bit values that residual adds read and write; a word is one norm group of one pixel, re and im.</summary>
public sealed record ShortcutBufferDesign
{
    [Parameter("banks", 1, 256, "banks, one read and one write port each; pixel i lies in bank i mod banks")]
    public required int Banks { get; init; }

    [Parameter("words", 1, 1048576, "words per bank, each of min(peArray.outputLanes, norm.lanes) channels x 32 bits")]
    public required int WordsPerBank { get; init; }

    [Parameter("cycles", 1, 8, "read latency")]
    public required int ReadLatency { get; init; }

    /// <summary>Memory the banks are made of.</summary>
    [Choice("memory primitive of the banks")]
    public required MemoryKind Memory { get; init; }
}
