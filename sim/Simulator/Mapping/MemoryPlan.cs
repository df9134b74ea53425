namespace BcnnSim.Mapping;

/// <summary>Where everything lies in HBM. Pseudo-channel p starts at p x 256 MiB; beats are 32 bytes.</summary>
/// <param name="Frames">Item = one frame: plane by plane, pixel by pixel, frame-buffer words.</param>
/// <param name="Weights">Weight words that are sent, one after the other.</param>
/// <param name="NormConstants">One 32-byte beat per channel.</param>
/// <param name="ClassifierConstants">int8 weights, then int64 biases.</param>
/// <param name="Results">Item = one frame: class (int64), then scores (int64).</param>
/// <param name="WeightWordBytes">Bytes of one weight word in memory: a power of two up to 32, or a multiple of 32.</param>
/// <param name="WeightWords">Weight words of all layers, with those left free before a layer that is streamed.</param>
/// <param name="HasMasks">Whether weight words carry a mask.</param>
public sealed record MemoryPlan(
    MemoryRegion Frames,
    MemoryRegion Weights,
    MemoryRegion NormConstants,
    MemoryRegion ClassifierConstants,
    MemoryRegion Results,
    int WeightWordBytes,
    int WeightWords,
    bool HasMasks)
{
    /// <summary>Beats of all weights of a layer.</summary>
    public int WeightBeats(LayerPlan layer) => (int)((((long)layer.Sent.Total * WeightWordBytes) + BeatBytes - 1) / BeatBytes);

    /// <summary>Address of a layer's first weight word; layers go round the pseudo-channels of the weights.</summary>
    public long WeightAddress(LayerPlan layer) => Weights.In(layer.Index % Weights.Spread) + WeightOffset(layer);

    /// <summary>Bytes of all weights before a layer's.</summary>
    public long WeightOffset(LayerPlan layer) => (long)layer.WeightBase * WeightWordBytes;

    /// <summary>Bytes of one AXI beat.</summary>
    public const int BeatBytes = 32;

    /// <summary>Bytes of one pseudo-channel.</summary>
    public const long PseudoChannelBytes = 1L << 28;
}
