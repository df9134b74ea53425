namespace BcnnSim.Trainer.Training;

/// <summary>One epoch.</summary>
/// <param name="Phase">dense, retrain, scratch.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="LearningRate">At the end of the epoch.</param>
/// <param name="TrainLoss">Mean over the epoch's steps, while the weights move.</param>
/// <param name="TrainAccuracy">Same.</param>
/// <param name="ValidationLoss">After calibration.</param>
/// <param name="ValidationAccuracy">After calibration.</param>
/// <param name="Images">Training images since the phase began.</param>
/// <param name="CpuSeconds">CPU time of this epoch with its validation; threads that wait for each other within a step use it too.</param>
/// <param name="ImagesPerSecond">Training images per wall second.</param>
public sealed record TrainingLogRow(
    string Phase, int Epoch, double LearningRate, double TrainLoss, double TrainAccuracy,
    double ValidationLoss, double ValidationAccuracy, long Images, double CpuSeconds, double ImagesPerSecond);
