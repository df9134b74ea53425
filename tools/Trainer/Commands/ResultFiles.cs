using System.Globalization;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Commands;

/// <summary>Confusion matrix (CSV, of the integers where there are) and, for radio bursts, accuracy by SNR (CSV, picture) of one test row.</summary>
internal static class ResultFiles
{
    public static void Write(RunFolder folder, string phase, EvaluationResult real, EvaluationResult? whole, IReadOnlyList<string> classes)
    {
        int[,] confusion = (whole ?? real).Confusion();
        PhaseTable.Write(folder.File($"{phase}-confusion.csv"), ["truth", .. classes], [.. classes.Select((name, row) => (string[])[name, .. classes.Select((_, column) => $"{confusion[row, column]}")])]);
        if (real.HasTags)
        {
            WriteBySnr(folder, phase, real, whole);
        }
    }

    private static void WriteBySnr(RunFolder folder, string phase, EvaluationResult real, EvaluationResult? whole)
    {
        string[][]? integers = whole is null ? null : [.. whole.ByTag().Select(point => (string[])[PhaseTable.Number(point.Accuracy)])];
        List<string[]> bySnr = [.. real.ByTag().Select((point, i) => (string[])
            [point.Tag.ToString("F0", CultureInfo.InvariantCulture), PhaseTable.Number(point.Accuracy), .. integers?[i] ?? [], $"{point.Count}"])];
        PhaseTable.Write(folder.File($"{phase}-by-snr.csv"), ["snrDb", "floatAccuracy", .. integers is null ? [] : (string[])["integerAccuracy"], "frames"], bySnr);
        Picture(folder.File($"{phase}-by-snr.svg"), real, whole);
    }

    private static void Picture(string path, EvaluationResult real, EvaluationResult? whole)
    {
        var picture = new AccuracyPicture("Test accuracy by SNR", "SNR, dB");
        picture.Add("float", real.ByTag().Select(point => ((double)point.Tag, point.Accuracy)));
        if (whole is not null)
        {
            picture.Add("integer", whole.ByTag().Select(point => ((double)point.Tag, point.Accuracy)));
        }

        picture.Write(path);
    }
}
