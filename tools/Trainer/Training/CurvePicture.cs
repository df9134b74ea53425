using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace BcnnSim.Trainer.Training;

/// <summary>Learning curves of a run as SVG: accuracy of every phase, training (thin) and validation (thick).</summary>
public static class CurvePicture
{
    public static void Write(IReadOnlyList<TrainingLogRow> rows, string path)
    {
        var model = new PlotModel { Title = "Accuracy by epoch" };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "epoch of the phase", Minimum = 0 });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = "accuracy", Minimum = 0, Maximum = 1 });
        model.Legends.Add(new OxyPlot.Legends.Legend { LegendPosition = OxyPlot.Legends.LegendPosition.BottomRight });
        foreach (IGrouping<string, TrainingLogRow> phase in rows.GroupBy(row => row.Phase))
        {
            model.Series.Add(Line($"{phase.Key}, training", 1, phase.Select(row => (row.Epoch, row.TrainAccuracy))));
            model.Series.Add(Line($"{phase.Key}, validation", 2.5, phase.Select(row => (row.Epoch, row.ValidationAccuracy))));
        }

        using FileStream stream = File.Create(path);
        new SvgExporter { Width = 800, Height = 500 }.Export(model, stream);
    }

    private static LineSeries Line(string title, double thickness, IEnumerable<(int Epoch, double Accuracy)> points)
    {
        var series = new LineSeries { Title = title, StrokeThickness = thickness };
        series.Points.AddRange(points.Select(point => new DataPoint(point.Epoch, point.Accuracy)));
        return series;
    }
}
