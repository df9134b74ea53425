namespace BcnnSim.Trainer.Comparison;

/// <summary>Test accuracy of the frames of one tag.</summary>
/// <param name="Tag">SNR in dB of radio bursts.</param>
/// <param name="Accuracy">Share of right answers.</param>
public sealed record TagAccuracy(float Tag, double Accuracy);
