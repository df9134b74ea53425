namespace BcnnSim.Trainer.Data;

/// <summary>The three named channels.</summary>
public static class ChannelPresets
{
    private const string PublicGenerator =
        "github.com/radioML/dataset, generate_RML2016.10a.py: dynamic_channel_model(200e3, 0.01, 50, .01, 0.5e3, 8, 1, True, 4, "
        + "[0.0, 0.9, 1.7], [1, 0.8, 0.3], 8, ...)";

    private const string Memory = "memory: O'Shea, Roy, Clancy, IEEE JSTSP 12(1), 2018";
    private const string Ours = "ours: nothing but noise, phase and timing";

    /// <summary>
    /// The channel of the 2016 public set. There the offsets walk from 0 at the start of one long run; here every burst
    /// starts from the stationary law of the same bounded walk, so that the maxima are reached.
    /// </summary>
    public static ChannelPreset Like2016 { get; } = new(
        "2016-like",
        new(200e3, "Hz", PublicGenerator),
        new(0.35, "1", "github.com/radioML/dataset, transmitters.py: ebw = 0.35"),
        new(0.35, "1", "github.com/radioML/dataset, transmitters.py: ebw = 0.35"),
        new(OffsetStart.Stationary, Unused("Hz"), new(0.01, "Hz", PublicGenerator), new(50, "Hz", PublicGenerator)),
        new(OffsetStart.Stationary, Unused("Hz"), new(0.01, "Hz", PublicGenerator), new(500, "Hz", PublicGenerator)),
        new(8, "sinusoids", PublicGenerator),
        new(1, "Hz", PublicGenerator),
        new(4, "1", PublicGenerator),
        [
            Path(0, 1, PublicGenerator),
            Path(0.9, 0.8, PublicGenerator),
            Path(1.7, 0.3, PublicGenerator),
        ]);

    /// <summary>
    /// The synthetic channel of the 2018 paper as recalled: roll-off U(0.1, 0.4), clock and carrier offsets N(0, 1e-4) of
    /// the sample rate, Rayleigh paths with Rayleigh-distributed delays.
    /// </summary>
    public static ChannelPreset Like2018 { get; } = new(
        "2018-like",
        new(200e3, "Hz", "ours: the paper works in samples; the rate of 2016-like is kept"),
        new(0.1, "1", Memory + ": roll-off U(0.1, 0.4)"),
        new(0.4, "1", Memory + ": roll-off U(0.1, 0.4)"),
        new(OffsetStart.Normal, new(20, "Hz", Memory + ": N(0, 1e-4) of the rate"), new(0, "Hz", Memory), new(200, "Hz", "ours: 10 sigma")),
        new(OffsetStart.Normal, new(20, "Hz", Memory + ": N(0, 1e-4) of the rate"), new(0, "Hz", Memory), new(200, "Hz", "ours: 10 sigma")),
        new(8, "sinusoids", "ours: as 2016-like"),
        new(1, "Hz", "ours: as 2016-like"),
        new(0, "1", Memory + ": Rayleigh paths"),
        [
            Path(0, 1, "ours: reference path"),
            new(new(0.5, "samples", Memory + ": delays Rayleigh(tau), tau 0.5"), new(0.5, "1", "ours"), DelayIsRayleigh: true),
            new(new(0.5, "samples", Memory + ": delays Rayleigh(tau), tau 0.5"), new(0.5, "1", "ours"), DelayIsRayleigh: true),
        ]);

    /// <summary>White noise only.</summary>
    public static ChannelPreset Awgn { get; } = new(
        "awgn",
        new(200e3, "Hz", Ours),
        new(0.35, "1", Ours),
        new(0.35, "1", Ours),
        OffsetWalk.None(Ours),
        OffsetWalk.None(Ours),
        new(0, "sinusoids", Ours),
        new(0, "Hz", Ours),
        new(0, "1", Ours),
        [Path(0, 1, Ours)]);

    /// <summary>All presets.</summary>
    public static IReadOnlyList<ChannelPreset> All { get; } = [Like2016, Like2018, Awgn];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(preset => preset.Name)];

    /// <summary>The preset of that name; an unknown name is refused.</summary>
    public static ChannelPreset Named(string name) =>
        All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new InputException(
            "--channel", "name", name, "no such channel", $"use one of {string.Join(", ", All.Select(p => p.Name))}");

    private static ChannelPath Path(double delay, double magnitude, string source) =>
        new(new(delay, "samples", source), new(magnitude, "1", source));

    private static SourcedValue Unused(string unit) => new(0, unit, "unused with a stationary start");
}
