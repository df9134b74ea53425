namespace BcnnSim.Trainer.Data.Captures;

/// <summary>One burst of a set.</summary>
/// <param name="Recording">Number of its recording.</param>
/// <param name="Start">Its first sample.</param>
/// <param name="Label">Class number, -1 unknown.</param>
internal readonly record struct CaptureBurst(int Recording, long Start, int Label);
