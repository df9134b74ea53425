using System.Globalization;
using BcnnSim.Trainer.Training;
using CsvHelper;

namespace BcnnSim.Trainer.Commands;

/// <summary>Confusion matrix (CSV) and, for radio bursts, accuracy by SNR (CSV, picture) of one test row.</summary>
internal static class ResultFiles
{
    public static void Write(RunFolder folder, string phase, EvaluationResult real, EvaluationResult whole, IReadOnlyList<string> classes)
    {
        int[,] confusion = whole.Confusion();
        Table(folder.File($"{phase}-confusion.csv"), ["truth", .. classes], [.. classes.Select((name, row) => (string[])[name, .. classes.Select((_, column) => $"{confusion[row, column]}")])]);
        if (whole.HasTags)
        {
            WriteBySnr(folder, phase, real, whole);
        }
    }

    private static void WriteBySnr(RunFolder folder, string phase, EvaluationResult real, EvaluationResult whole)
    {
        List<string[]> bySnr = [.. real.ByTag().Zip(whole.ByTag()).Select(pair => new[]
        {
            pair.First.Tag.ToString("F0", CultureInfo.InvariantCulture), PhaseTable.Number(pair.First.Accuracy), PhaseTable.Number(pair.Second.Accuracy), $"{pair.First.Count}",
        })];
        Table(folder.File($"{phase}-by-snr.csv"), ["snrDb", "floatAccuracy", "integerAccuracy", "frames"], bySnr);
        Picture(folder.File($"{phase}-by-snr.svg"), real, whole);
    }

    private static void Table(string path, string[] header, IEnumerable<string[]> rows)
    {
        using var text = new StreamWriter(path);
        using CsvWriter writer = CsvWriter.Create(text);
        writer.WriteHeader(header);
        foreach (string[] row in rows)
        {
            writer.WriteRecord(row);
        }
    }

    private static void Picture(string path, EvaluationResult real, EvaluationResult whole)
    {
        var picture = new AccuracyPicture("Test accuracy by SNR", "SNR, dB");
        picture.Add("float", real.ByTag().Select(point => ((double)point.Tag, point.Accuracy)));
        picture.Add("integer", whole.ByTag().Select(point => ((double)point.Tag, point.Accuracy)));
        picture.Write(path);
    }
}
