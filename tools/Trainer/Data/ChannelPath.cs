namespace BcnnSim.Trainer.Data;

/// <summary>One propagation path.</summary>
/// <param name="Delay">Delay in samples, fractional; with <paramref name="DelayIsRayleigh"/> the scale of a drawn delay.</param>
/// <param name="Magnitude">Root mean square amplitude.</param>
/// <param name="DelayIsRayleigh">The delay is drawn anew for each burst.</param>
public sealed record ChannelPath(SourcedValue Delay, SourcedValue Magnitude, bool DelayIsRayleigh = false);
