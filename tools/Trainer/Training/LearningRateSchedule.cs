namespace BcnnSim.Trainer.Training;

/// <summary>Learning rate over the run, as a factor of the start; progress in [0, 1).</summary>
public static class LearningRateSchedule
{
    // The authors' steps: 5e-3, then 1e-3 at 80, 5e-4 at 150, 1e-4 at 200, 5e-5 at 240, 1e-5 at 270 of 300 epochs.
    private static readonly (double From, double Factor)[] Steps =
        [(0, 1), (80.0 / 300, 0.2), (150.0 / 300, 0.1), (200.0 / 300, 0.02), (240.0 / 300, 0.01), (270.0 / 300, 0.002)];

    public static double Factor(ScheduleKind kind, double progress) => kind switch
    {
        ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
        ScheduleKind.Constant => 1,
        _ => Steps.Last(step => progress >= step.From).Factor,
    };
}
