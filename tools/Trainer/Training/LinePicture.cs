using System.Text;
using System.Text.RegularExpressions;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace BcnnSim.Trainer.Training;

/// <summary>A line chart as SVG; what its lines show is its kind's to say.</summary>
public abstract partial class LinePicture
{
    // Eight colours that colour-blind readers tell apart (Okabe and Ito, 2008), grey in the place of yellow, which white swallows.
    private static readonly uint[] Palette = [0xFF0072B2, 0xFFD55E00, 0xFF009E73, 0xFFCC79A7, 0xFF000000, 0xFFE69F00, 0xFF56B4E9, 0xFF8C8C8C];

    private readonly PlotModel model;
    private readonly HashSet<string> named = [];

    private protected LinePicture(string title, Axis horizontal, Axis vertical, double left = 8)
    {
        model = new PlotModel { Title = title, DefaultFont = "Arial, Helvetica, sans-serif", Padding = new OxyThickness(left, 20, 60, 12) };
        model.DefaultColors = [.. Palette.Select(OxyColor.FromUInt32)];
        horizontal.Position = AxisPosition.Bottom;
        horizontal.AxisTitleDistance = 12;
        vertical.Position = AxisPosition.Left;
        vertical.MajorGridlineStyle = LineStyle.Dot;
        model.Axes.Add(horizontal);
        model.Axes.Add(vertical);
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside, LegendLineSpacing = 6 });
    }

    /// <summary>
    /// One line; without points none, a single point is marked. Lines that belong together share a <paramref name="colour"/>, an index into
    /// the palette; where it has been through, strokes tell them apart, and squares single points. Lines of one <paramref name="title"/> have one entry of the legend.
    /// </summary>
    public void Add(string title, IEnumerable<(double X, double Y)> points, double thickness = 2, bool dashed = false, int? colour = null)
    {
        bool again = colour >= model.DefaultColors.Count;
        var series = new LineSeries { StrokeThickness = thickness };
        series.LineStyle = (dashed, again) switch
        {
            (false, false) => LineStyle.Solid,
            (true, false) => LineStyle.Dash,
            (false, true) => LineStyle.LongDashDot,
            _ => LineStyle.Dot,
        };
        series.Color = colour is { } index ? model.DefaultColors[index % model.DefaultColors.Count] : OxyColors.Automatic;
        series.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
        if (series.Points.Count == 1)
        {
            series.MarkerType = again ? MarkerType.Square : MarkerType.Circle;
        }

        if (series.Points.Count > 0)
        {
            series.Title = named.Add(title) ? title : null;
            model.Series.Add(series);
        }
    }

    /// <summary>Points that no line joins, in a colour of the palette and without an entry of the legend.</summary>
    private protected void AddPoints(IReadOnlyList<(double X, double Y)> points, int colour)
    {
        var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 3, MarkerFill = model.DefaultColors[colour % model.DefaultColors.Count] };
        series.Points.AddRange(points.Select(point => new ScatterPoint(point.X, point.Y)));
        model.Series.Add(series);
    }

    public void Write(string path)
    {
        using var stream = new MemoryStream();
        new SvgExporter { Width = 900, Height = 500, UseVerticalTextAlignmentWorkaround = true }.Export(model, stream);
        string svg = Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n");

        // Text is clipped to a width guessed without the viewer's font; the data never leave the axes, so no clip is needed.
        RunFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(Clip().Replace(svg, string.Empty))));
    }

    [GeneratedRegex(" clip-path=\"url\\(#[^)]*\\)\"")]
    private static partial Regex Clip();
}
