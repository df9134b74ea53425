namespace BcnnSim.Trainer.Training;

/// <summary>Learning curves of a run as SVG: accuracy of every phase, training (thin, dashed) and validation (thick).</summary>
public static class CurvePicture
{
    public static void Write(IReadOnlyList<TrainingLogRow> rows, string path)
    {
        var picture = new AccuracyPicture("Accuracy by epoch", "epoch of the phase", horizontalMinimum: 0);
        foreach ((int colour, IGrouping<string, TrainingLogRow> phase) in rows.GroupBy(row => row.Phase).Index())
        {
            picture.Add($"{phase.Key}, training", phase.Select(row => ((double)row.Epoch, row.TrainAccuracy)), 1, dashed: true, colour);
            picture.Add($"{phase.Key}, validation", phase.Select(row => ((double)row.Epoch, row.ValidationAccuracy)), 2.5, colour: colour);
        }

        picture.Write(path);
    }
}
