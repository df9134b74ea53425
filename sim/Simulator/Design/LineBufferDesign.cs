namespace BcnnSim.Design;

/// <summary>Window memory: Pp windows of words, double-buffered.</summary>
public sealed record LineBufferDesign
{
    [Parameter("words", 1, 65536, "window words of Pi taps per pixel lane and buffer; a layer needs planes x ceil(T/Pi)")]
    public required int WindowWords { get; init; }

    [Parameter("taps", 1, 64, "taps written per pixel lane and cycle: one channel word, or several kernel columns where channels are few")]
    public required int GroupTaps { get; init; }

    [Parameter("buffers", 2, 4, "window buffers (2 = build one while the other replays)")]
    public required int Buffers { get; init; }

    [Parameter("requests", 1, 64, "activation reads under way at once")]
    public required int ReadsInFlight { get; init; }
}
