namespace BcnnSim.Design;

/// <summary>Weight words of Po x Pi taps (re, im, and a mask bit where the network has masks).</summary>
public sealed record WeightBufferDesign
{
    [Parameter("words", 1, 16777216, "weight words on chip: all of the network, or the ring the stream fills")]
    public required int Words { get; init; }

    [Parameter("cycles", 1, 8, "read latency")]
    public required int ReadLatency { get; init; }

    /// <summary>Resident or streamed.</summary>
    [Choice("where weights live while frames run: onChip = loaded once before the first frame, stream = fetched within every frame ahead of the layer that computes")]
    public required WeightResidency Residency { get; init; }

    /// <summary>Memory the words are kept in.</summary>
    [Choice("memory primitive of the weight words")]
    public required MemoryKind Memory { get; init; }
}
