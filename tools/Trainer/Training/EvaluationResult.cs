namespace BcnnSim.Trainer.Training;

/// <summary>Answers of a network on a split.</summary>
/// <param name="Loss">Mean cross-entropy; NaN for integer networks.</param>
/// <param name="Predictions">Class of every frame.</param>
/// <param name="Labels">Truth.</param>
/// <param name="Tags">SNR in dB for radio bursts, NaN for images.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record EvaluationResult(double Loss, int[] Predictions, int[] Labels, float[] Tags, int Classes)
{
    /// <summary>Share of right answers.</summary>
    public double Accuracy => (double)Correct / Labels.Length;

    public int Correct => Predictions.Zip(Labels).Count(pair => pair.First == pair.Second);

    /// <summary>Frames of the same split that another network answers differently, right or wrong.</summary>
    public int DecisionsChanged(EvaluationResult other) => Predictions.Zip(other.Predictions).Count(pair => pair.First != pair.Second);

    /// <summary>Accuracy of each tag, rising.</summary>
    public IReadOnlyList<(float Tag, double Accuracy, int Count)> ByTag() =>
        [.. Enumerable.Range(0, Labels.Length).GroupBy(i => Tags[i]).OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Average(i => Predictions[i] == Labels[i] ? 1.0 : 0), group.Count()))];

    /// <summary>Whether frames have a number to group by; images have none.</summary>
    public bool HasTags => !Tags.All(float.IsNaN);

    /// <summary>Accuracy of each class that occurs.</summary>
    public IReadOnlyList<(int Label, double Accuracy)> ByClass() =>
        [.. Enumerable.Range(0, Labels.Length).GroupBy(i => Labels[i]).OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Average(i => Predictions[i] == Labels[i] ? 1.0 : 0)))];

    /// <summary>Rows = truth, columns = answer.</summary>
    public int[,] Confusion()
    {
        var matrix = new int[Classes, Classes];
        for (int i = 0; i < Labels.Length; i++)
        {
            matrix[Labels[i], Predictions[i]]++;
        }

        return matrix;
    }
}
