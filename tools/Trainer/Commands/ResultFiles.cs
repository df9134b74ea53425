using System.Globalization;
using BcnnSim.Trainer.Training;
using CsvHelper;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace BcnnSim.Trainer.Commands;

/// <summary>Accuracy by SNR (CSV, picture) and confusion matrix (CSV) of one test row.</summary>
internal static class ResultFiles
{
    public static void Write(RunFolder folder, string phase, EvaluationResult real, EvaluationResult whole, IReadOnlyList<string> classes)
    {
        List<string[]> bySnr = [.. real.ByTag().Zip(whole.ByTag()).Select(pair => new[]
        {
            pair.First.Tag.ToString("F0", CultureInfo.InvariantCulture), PhaseTable.Number(pair.First.Accuracy), PhaseTable.Number(pair.Second.Accuracy), $"{pair.First.Count}",
        })];
        Table(folder.File($"{phase}-by-snr.csv"), ["snrDb", "floatAccuracy", "integerAccuracy", "frames"], bySnr);
        int[,] confusion = whole.Confusion();
        Table(folder.File($"{phase}-confusion.csv"), ["truth", .. classes], [.. classes.Select((name, row) => (string[])[name, .. classes.Select((_, column) => $"{confusion[row, column]}")])]);
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
        var model = new PlotModel { Title = "Test accuracy by SNR" };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "SNR, dB" });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = "accuracy", Minimum = 0, Maximum = 1 });
        model.Legends.Add(new OxyPlot.Legends.Legend { LegendPosition = OxyPlot.Legends.LegendPosition.TopLeft });
        foreach ((string title, EvaluationResult result) in new[] { ("float", real), ("integer", whole) })
        {
            var series = new LineSeries { Title = title };
            series.Points.AddRange(result.ByTag().Select(point => new DataPoint(point.Tag, point.Accuracy)));
            model.Series.Add(series);
        }

        using FileStream stream = File.Create(path);
        new SvgExporter { Width = 800, Height = 500 }.Export(model, stream);
    }
}
