namespace BcnnSim.Design;

/// <summary>DMA engines: one reader for frames, one for parameters, one for streamed weights, one writer for results.</summary>
public sealed record DmaDesign
{
    [Parameter("beats", 1, 16, "longest burst in beats of 32 B")]
    public required int MaxBurstBeats { get; init; }

    [Parameter("bursts", 1, 64, "read bursts outstanding per reader")]
    public required int OutstandingReads { get; init; }

    [Parameter("bursts", 1, 64, "write bursts outstanding")]
    public required int OutstandingWrites { get; init; }

    [Parameter("pc", 0, 31, "pseudo-channel of the frames")]
    public required int FramePseudoChannel { get; init; }

    [Parameter("pc", 0, 31, "pseudo-channel of constants, and of weights that stay on chip")]
    public required int ParameterPseudoChannel { get; init; }

    [Parameter("pc", 0, 31, "pseudo-channel of streamed weights; unused where weights stay on chip")]
    public required int WeightPseudoChannel { get; init; }

    [Parameter("pc", 0, 31, "pseudo-channel of the results")]
    public required int ResultPseudoChannel { get; init; }

    [Parameter("pc", 1, 32, "pseudo-channels the frames are spread over, frame by frame, from framePseudoChannel upwards modulo 32")]
    public required int FrameSpread { get; init; }

    [Parameter("pc", 1, 32, "pseudo-channels streamed weights are spread over, layer by layer, from weightPseudoChannel upwards modulo 32")]
    public required int WeightSpread { get; init; }

    [Parameter("pc", 1, 32, "pseudo-channels the results are spread over, frame by frame, from resultPseudoChannel upwards modulo 32")]
    public required int ResultSpread { get; init; }

    [Parameter("pc", 0, 31, "pseudo-channels from one replica's streams to the next one's, modulo 32; 0 = all replicas share theirs")]
    public required int ReplicaStride { get; init; }
}
