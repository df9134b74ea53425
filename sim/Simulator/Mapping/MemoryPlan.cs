namespace BcnnSim.Mapping;

/// <summary>Where everything lies in HBM. Pseudo-channel p starts at p x 256 MiB; beats are 32 bytes.</summary>
/// <param name="Frames">Item = one frame: plane by plane, pixel by pixel, frame-buffer words.</param>
/// <param name="Weights">Weight words that are sent, one after the other.</param>
/// <param name="NormConstants">One 32-byte beat per channel.</param>
/// <param name="ClassifierConstants">int8 weights, then int64 biases.</param>
/// <param name="Results">Item = one frame: class (int64), then scores (int64).</param>
/// <param name="WeightWordBytes">Bytes of one weight word in memory: a power of two up to 32, or a multiple of 32.</param>
/// <param name="WeightWords">Weight words of all layers.</param>
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
    /// <summary>Bytes of one AXI beat.</summary>
    public const int BeatBytes = 32;

    /// <summary>Bytes of one pseudo-channel.</summary>
    public const long PseudoChannelBytes = 1L << 28;
}
