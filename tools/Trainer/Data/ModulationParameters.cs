namespace BcnnSim.Trainer.Data;

/// <summary>Numbers of the modulators, each with its source. Channel numbers are in <see cref="ChannelPreset"/>.</summary>
public static class ModulationParameters
{
    private const string PublicGenerator = "github.com/radioML/dataset, transmitters.py";

    public static SourcedValue SamplesPerSymbol { get; } = new(8, "samples", "issue: 8 samples per symbol");

    public static SourcedValue PulseHalfSpan { get; } =
        new(16, "symbols", "ours: the cut tail of a roll-off of 0.1 stays 40 dB below the pass band");

    public static SourcedValue CpfskIndex { get; } = new(0.5, "1", PublicGenerator + ": cpfsk_bc(0.5, ...)");

    public static SourcedValue GfskBandwidthTime { get; } = new(0.35, "1", PublicGenerator + ": gfsk_mod(bt=0.35)");

    public static SourcedValue GfskIndex { get; } =
        new(0.1 * 8 / Math.PI, "1", PublicGenerator + ": sensitivity 0.1 rad per sample at 8 samples per symbol");

    public static SourcedValue GaussHalfSpan { get; } = new(16, "symbols", "ours: the cut tail holds less than 1e-6 of the area");

    public static SourcedValue FmDeviation { get; } = new(75e3, "Hz", PublicGenerator + ": broadcast FM; 75 kHz from memory");

    public static SourcedValue FmMessageHigh { get; } = new(15e3, "Hz", "memory: audio band of broadcast FM");

    public static SourcedValue AmMessageHigh { get; } = new(5e3, "Hz", "memory: audio band of broadcast AM");

    public static SourcedValue MessageLow { get; } = new(200, "Hz", "ours: about one cycle in a burst of 1,024 samples");

    public static SourcedValue AmIndex { get; } = new(1.0, "1", PublicGenerator + ": carrier 1 plus a message of full scale 1");

    public static SourcedValue MessageTones { get; } = new(32, "tones", "ours: see MessageProcess");

    public static SourcedValue MessagePeakFactor { get; } =
        new(3, "sigma", "ours: full scale of the message is three standard deviations");
}
