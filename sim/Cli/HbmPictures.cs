using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BcnnSim.Observation.Statistics;
using BcnnSim.Reporting;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace BcnnSim.Cli;

/// <summary>What a run of the memory alone did, drawn as SVG.</summary>
internal static partial class HbmPictures
{
    private const int LatencyBins = 80;
    private static readonly OxyColor ReadColour = OxyColor.FromRgb(0x1F, 0x77, 0xB4);
    private static readonly OxyColor WriteColour = OxyColor.FromRgb(0xD6, 0x27, 0x28);

    /// <summary>Reads and writes apart, by the time of their completion; the peak as a line.</summary>
    public static string Bandwidth(HbmReport report, ByteTimeline timeline, long kilohertz)
    {
        double width = timeline.Width * 1e3 / kilohertz;
        PlotModel model = Model(
            $"Bandwidth over time: {Figure.Gigabytes(report.BytesPerSecond ?? 0)} on average", $"time in us, each step {Figure.Number(width, 2)} us", "GB/s");
        Steps(model, "reads", ReadColour, report.Reads, timeline.Read, width);
        Steps(model, "writes", WriteColour, report.Writes, timeline.Written, width);
        double peak = report.PeakBytesPerSecond / 1e9;
        LineSeries line = new() { Title = "peak", Color = OxyColors.Gray, LineStyle = LineStyle.Dash, StrokeThickness = 1.5 };
        line.Points.AddRange([new DataPoint(0, peak), new DataPoint(timeline.Bins * width, peak)]);
        model.Series.Add(line);
        model.Axes[1].Maximum = peak > 0 ? peak * 1.05 : double.NaN;
        return Svg(model);
    }

    /// <summary>Share of reads and of writes by latency, up to the larger p99.9 in steps of equal width.</summary>
    public static string Latency(HbmReport report, RequestMeter meter, long kilohertz)
    {
        double cycle = 1e6 / kilohertz;
        long first = new[] { meter.Reads, meter.Writes }.Where(h => h.Count > 0).Select(h => h.Minimum).DefaultIfEmpty(0).Min();
        long last = Math.Max(meter.Reads.Percentile(999), meter.Writes.Percentile(999));
        long width = Math.Max(1, (last - first + LatencyBins) / LatencyBins);
        double most = Math.Max(report.ReadLatencyNanoseconds?.Max ?? 0, report.WriteLatencyNanoseconds?.Max ?? 0);
        PlotModel model = Model(
            $"Latency of requests up to p99.9; the longest took {Figure.Number(most)} ns", $"latency in ns, each step {Figure.Number(width * cycle, 2)} ns", "share of requests in %");
        Shares(model, "reads", ReadColour, meter.Reads, first, width, cycle);
        Shares(model, "writes", WriteColour, meter.Writes, first, width, cycle);
        return Svg(model);
    }

    private static void Steps(PlotModel model, string title, OxyColor colour, long requests, ReadOnlySpan<long> bytes, double width)
    {
        if (requests == 0)
        {
            return;
        }

        StairStepSeries series = new() { Title = title, Color = colour, StrokeThickness = 1.5, VerticalStrokeThickness = 1.5 };
        for (int i = 0; i < bytes.Length; i++)
        {
            series.Points.Add(new DataPoint(i * width, bytes[i] / width / 1e3));
        }

        series.Points.Add(new DataPoint(bytes.Length * width, series.Points[^1].Y));
        model.Series.Add(series);
    }

    private static void Shares(PlotModel model, string title, OxyColor colour, LatencyHistogram histogram, long first, long width, double cycle)
    {
        if (histogram.Count == 0)
        {
            return;
        }

        double[] shares = new double[LatencyBins];
        foreach ((long latency, long _, long count) in histogram.Steps().Where(s => (s.First - first) / width < LatencyBins))
        {
            shares[(latency - first) / width] += 100.0 * count / histogram.Count;
        }

        RectangleBarSeries bars = new() { Title = title, FillColor = OxyColor.FromAColor(0x90, colour), StrokeThickness = 0 };
        for (int i = 0; i < LatencyBins; i++)
        {
            if (shares[i] > 0)
            {
                bars.Items.Add(new RectangleBarItem((first + (i * width)) * cycle, 0, (first + ((i + 1) * width)) * cycle, shares[i]));
            }
        }

        model.Series.Add(bars);
    }

    private static PlotModel Model(string title, string horizontal, string vertical)
    {
        PlotModel model = new() { Title = title, DefaultFont = "Arial, Helvetica, sans-serif", Padding = new OxyThickness(8, 20, 60, 12), Culture = CultureInfo.InvariantCulture };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = horizontal, AxisTitleDistance = 12 });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = vertical, Minimum = 0, MajorGridlineStyle = LineStyle.Dot, AxisTitleDistance = 12 });
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside, LegendLineSpacing = 6 });
        return model;
    }

    private static string Svg(PlotModel model)
    {
        using MemoryStream stream = new();
        new SvgExporter { Width = 900, Height = 500, UseVerticalTextAlignmentWorkaround = true }.Export(model, stream);
        string svg = Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n");

        // Text is clipped to a width guessed without the viewer's font; the data never leave the axes, so no clip is needed.
        return Clip().Replace(svg, string.Empty);
    }

    [GeneratedRegex(" clip-path=\"url\\(#[^)]*\\)\"")]
    private static partial Regex Clip();
}
