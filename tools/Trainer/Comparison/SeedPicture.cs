using BcnnSim.Trainer.Training;
using OxyPlot.Axes;

namespace BcnnSim.Trainer.Comparison;

/// <summary>A row per contender: a point per seed, and the mean with its 95 % t interval as a bar.</summary>
internal sealed class SeedPicture(string title, string horizontalTitle, IReadOnlyList<string> labels) : LinePicture(
    title, new LinearAxis { Title = horizontalTitle, MinimumPadding = 0.05, MaximumPadding = 0.05 }, Rows(labels), PixelsPerCharacter * labels.Max(label => label.Length))
{
    private const int Points = 0;
    private const int Mean = 4;

    // Room for labels of a viewer whose font is wider than the exporter's guess.
    private const double PixelsPerCharacter = 4;

    // The bar lies below its points.
    private const double BarOffset = 0.25;

    /// <param name="row">Index of the label.</param>
    /// <param name="values">One per seed.</param>
    public void Add(int row, IReadOnlyList<double> values)
    {
        AddPoints([.. values.Select(value => (value, (double)row))], Points);
        PairedDifference mean = PairedDifference.Of(values);
        (double X, double Y)[] bar = [(mean.Low, row + BarOffset), (mean.High, row + BarOffset)];
        Add(string.Empty, values.Count > 1 ? bar : [], thickness: 3, colour: Mean);
        AddPoints([(mean.Mean, row + BarOffset)], Mean);
    }

    // The first on top, as in the table.
    private static CategoryAxis Rows(IReadOnlyList<string> labels)
    {
        var axis = new CategoryAxis { StartPosition = 1, EndPosition = 0 };
        axis.Labels.AddRange(labels);
        return axis;
    }
}
