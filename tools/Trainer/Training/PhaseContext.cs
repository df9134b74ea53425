using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Privacy;

namespace BcnnSim.Trainer.Training;

/// <summary>What a phase needs from its run.</summary>
/// <param name="Phase">dense, retrain, scratch: names its files and its data order.</param>
/// <param name="Folder">Where checkpoints go.</param>
/// <param name="Fingerprint">Hash of everything that decides the result; a checkpoint of another one is refused.</param>
/// <param name="Seed">Of the data order.</param>
/// <param name="Train">Training frames.</param>
/// <param name="Validation">Validation frames.</param>
/// <param name="CalibrationFrames">Training frames used for statistics.</param>
/// <param name="Log">Epoch rows.</param>
/// <param name="Work">Threads.</param>
/// <param name="Progress">Console.</param>
public sealed record PhaseContext(
    string Phase, string Folder, string Fingerprint, ulong Seed, FrameStore Train, FrameStore Validation,
    int CalibrationFrames, TrainingLog Log, WorkSplit Work, ProgressLine Progress)
{
    /// <summary>Crop and flip training images.</summary>
    public bool Augmentation { get; init; }

    /// <summary>The last epoch stays in the place of the best: what a network remembers of its frames is that of its whole training.</summary>
    public bool KeepsLast { get; init; }

    /// <summary>Epochs after which the phase ends, its schedule that of the whole; null = all.</summary>
    public int? StopsAfter { get; init; }

    /// <summary>Against what the network is trained besides; null = nothing. No part of the checkpoints: such a phase is begun anew.</summary>
    public MembershipGame? Game { get; init; }

    /// <summary>Against learning frames by heart; null = none.</summary>
    public Regularization? Regularization { get; init; }

    public string Path(string suffix) => System.IO.Path.Combine(Folder, Phase + suffix);
}
