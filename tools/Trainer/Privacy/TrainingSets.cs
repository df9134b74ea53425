using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Privacy;

/// <summary>What one defended network is made of.</summary>
/// <param name="Members">It learns them.</param>
/// <param name="Reference">Its game is played with them.</param>
/// <param name="Validation">Read for the log alone.</param>
/// <param name="Description">Canonical text, part of the fingerprint of its checkpoints.</param>
internal sealed record TrainingSets(FrameStore Members, FrameStore Reference, FrameStore Validation, string Description);
